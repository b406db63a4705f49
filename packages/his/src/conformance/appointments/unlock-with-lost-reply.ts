import { loseReplyOf, mustNotSayNo } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { lockSlot, patientAndSlot, remainingOf, unlock } from './ask-appointments.ts'

export const unlockWithLostReply: ConformanceCheck = {
  name: 'appointments.unlock-with-lost-reply',
  zh: '结果不明：放号的答复丢失时不说 no，号已经放回',
  because: '说成 no，网关会记一个故障去人工放号；其实号早已放回，可能已是别人的。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const { slot, patid } = await patientAndSlot(bench)
    const { lockId } = await lockSlot(bench, slot, patid)
    await loseReply('appointments.unlock')
    const outcome = await groupOf(bench, 'appointments').unlock(lockId, bench.newKey())
    mustNotSayNo(outcome, 'unknown')
    await unlock(bench, lockId)
    must((await remainingOf(bench, slot)) === slot.remaining, '放号之后，余号没有复原')
  },
}
