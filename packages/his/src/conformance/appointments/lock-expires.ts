import { SECOND_MS } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'
import { bookingOf, cancel, lockSlot, patientAndSlot, remainingOf } from './ask-appointments.ts'

export const lockExpires: ConformanceCheck = {
  name: 'appointments.lock-expires',
  zh: "锁号：过了 expiresAt，HIS 自己放号，再预约答复 no('lock-expired')",
  because: '患者放弃付款，号要还给别人；过期的锁还能约上，就会与后来的患者重号。',
  run: async (bench) => {
    if (!bench.passTime)
      throw new NotOffered('没有给出 passTime（拨快 HIS 时钟的办法），请等到锁号过期手工试一次')
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    await bench.passTime(Math.max(0, Date.parse(lock.expiresAt) - bench.clock.nowMs()) + SECOND_MS)
    const remaining = await remainingOf(bench, slot)
    const request = bookingOf(bench, lock, patid)
    const outcome = await groupOf(bench, 'appointments').book(request, bench.newKey())
    if (outcome.kind === 'yes') await cancel(bench, outcome.value.appointmentId)
    must(remaining >= slot.remaining, `锁号过期之后，余号是 ${remaining}，锁之前是 ${slot.remaining}`)
    must(
      outcome.kind === 'no' && outcome.code === 'lock-expired',
      `过期之后预约，答复是 ${wordsOf(outcome)}，应当是 no('lock-expired', …)`,
    )
  },
}
