import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { booked, bookingOf, cancel, lockSlot, patientAndSlot, remainingOf } from './ask-appointments.ts'

export const bookThenCancel: ConformanceCheck = {
  name: 'appointments.book-then-cancel',
  zh: '预约：约上的号，status 和 list 都查得到；取消之后余号复原，再取消无害',
  because: '查不到自己的预约，患者会再约一个；取消了不放号，别的患者就约不上。',
  run: async (bench) => {
    const appointments = groupOf(bench, 'appointments')
    const { slot, patid } = await patientAndSlot(bench)
    const lock = await lockSlot(bench, slot, patid)
    const key = bench.newKey()
    const appointment = booked(await appointments.book(bookingOf(bench, lock, patid), key))
    const { appointmentId } = appointment
    const during = await remainingOf(bench, slot)
    const told = await appointments.status(key)
    const listed = await appointments.list({ patid, from: slot.day, to: slot.day })
    const cancelled = await cancel(bench, appointmentId)
    const again = await cancel(bench, appointmentId)
    const after = await remainingOf(bench, slot)

    must(appointment.state === 'booked', `约上之后的状态是 ${appointment.state}，应当是 booked`)
    must(
      appointment.patid === patid && appointment.day === slot.day && appointment.fee === slot.fee,
      '预约的 patid、日期或费用与所约的不同',
    )
    must(appointment.kind === 'appointment', '约的是今后的号，kind 应当是 appointment')
    must(told?.appointmentId === appointmentId, 'status 查不到这个预约')
    must(
      listed.some((one) => one.appointmentId === appointmentId),
      'list 里没有这个预约',
    )
    must(during === slot.remaining - 1, `约上一个号，余号从 ${slot.remaining} 变成 ${during}`)
    must(cancelled.state === 'cancelled' && again.state === 'cancelled', '取消之后的状态不是 cancelled')
    must(after === slot.remaining, `取消之后，余号是 ${after}，原来是 ${slot.remaining}`)
    const end = (await appointments.status(key))?.state
    must(end === 'cancelled', `取消之后 status 说的是 ${end}，应当是 cancelled`)
  },
}
