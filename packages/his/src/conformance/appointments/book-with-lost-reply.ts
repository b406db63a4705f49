import { loseReplyOf, mustNotDeny, mustNotSayNo } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { bookingOf, cancel, lockSlot, patientAndSlot } from './ask-appointments.ts'

export const bookWithLostReply: ConformanceCheck = {
  name: 'appointments.book-with-lost-reply',
  zh: '结果不明：预约的答复丢失时不说 no，status 查得到',
  because: '钱已经付了；说成 no，网关就会退款，患者手里没有钱也没有号，号却占着。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const appointments = groupOf(bench, 'appointments')
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    const key = bench.newKey()
    await loseReply('appointments.book')
    const outcome = await appointments.book(bookingOf(bench, lock, patid), key)
    const told = await appointments.status(key)
    if (told) await cancel(bench, told.appointmentId)
    await mustNotDeny(bench, 'appointments.status', () => appointments.status(key))
    mustNotSayNo(outcome)
    must(told?.state === 'booked', '已经约上，status 却查不到')
  },
}
