import { loseReplyOf, mustNotSayNo } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { booked, bookingOf, cancel, lockSlot, patientAndSlot } from './ask-appointments.ts'

export const cancelWithLostReply: ConformanceCheck = {
  name: 'appointments.cancel-with-lost-reply',
  zh: '结果不明：取消的答复丢失时不说 no，status 说 cancelled',
  because: '说成 no，患者被告知取消失败、到时还得去；其实号已经没了，费用也没有退。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const appointments = groupOf(bench, 'appointments')
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    const key = bench.newKey()
    const { appointmentId } = booked(await appointments.book(bookingOf(bench, lock, patid), key))
    await loseReply('appointments.cancel')
    const outcome = await appointments.cancel({ appointmentId, reason: '接入检查' }, bench.newKey())
    const told = (await appointments.status(key))?.state
    if (told !== 'cancelled') await cancel(bench, appointmentId)
    mustNotSayNo(outcome)
    must(told === 'cancelled', `已经取消，status 说的是 ${told}`)
  },
}
