import { loseReplyOf, mustNotSayNo, wordsOf } from '../ask.ts'
import { groupOf, isHarmless } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { patientAndSlot, remainingOf, unlock } from './ask-appointments.ts'

export const lockWithLostReply: ConformanceCheck = {
  name: 'appointments.lock-with-lost-reply',
  zh: '结果不明：锁号的答复丢失时不说 no，重发得到同一个锁',
  because: '说成 no，患者被告知号已被约走，其实正锁在他自己名下。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const { slot, patid } = await patientAndSlot(bench)
    const key = bench.newKey()
    const lock = () => groupOf(bench, 'appointments').lock({ slotId: slot.slotId, patid }, key)
    await loseReply('appointments.lock')
    const first = await lock()
    mustNotSayNo(first)
    const again = await lock()
    const during = await remainingOf(bench, slot)
    if (again.kind === 'yes') await unlock(bench, again.value.lockId)
    must(isHarmless(again), `重发的答复是 ${wordsOf(again)}，应当是 yes 或 no('duplicate', …)`)
    must(during === slot.remaining - 1, `重发之后，余号从 ${slot.remaining} 变成 ${during}`)
  },
}
