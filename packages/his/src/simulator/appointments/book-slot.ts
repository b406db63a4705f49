import { no, type Outcome, yes } from '@zhangyi/core'
import type { Appointment, BookingRequest } from '../../appointments.ts'
import { bookEntry } from '../bills/book-entry.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'
import { departmentWithSlots } from '../schedules/departments.ts'
import { findBookableSlot, isToday } from '../schedules/make-slots.ts'
import type { KeptAppointment } from './kept-appointment.ts'
import { dropLock, hasSlot, type LockRules } from './lock-slot.ts'
import { showAppointment } from './show-appointment.ts'
import { isLive } from './taken-slots.ts'

/** Turns a live lock of this patient into an appointment, or into a registration if the slot is of today. */
export function bookSlot(
  state: HospitalState,
  { lockId, patid, payment }: BookingRequest,
  requestKey: string,
  { seed, nowMs }: Omit<LockRules, 'lockMs'>,
): Outcome<Appointment> {
  const lock = state.slotLocks.find((one) => one.lockId === lockId && one.patid === patid)
  const slot = lock && isLive(lock, nowMs) ? findBookableSlot(seed, lock.slotId, nowMs) : undefined
  if (!lock || !slot) return no('lock-expired', 'the lock is gone')
  if (hasSlot(state, slot.slotId, patid)) return no('duplicate', 'the patient has this slot')
  const sameDay = isToday(slot.day, nowMs)
  if (payment && payment.amount !== slot.fee) return no('amount-changed', 'not the fee of the slot')
  if (!payment && sameDay) return no('payment-required', 'a registration of today is paid beforehand')

  const { slotId, departmentId, departmentName, doctorName, day, period, startsAt, endsAt, fee } = slot
  // Cancelled ones count: their numbers are not given again.
  const before = state.appointments.filter((one) => one.slotId === slotId).length
  const appointment: KeptAppointment = {
    appointmentId: nextNumber(state, 'GH'),
    patid,
    slotId,
    requestKey,
    kind: sameDay ? 'same-day' : 'appointment',
    departmentId,
    departmentName,
    doctorName,
    day,
    period,
    startsAt,
    endsAt,
    queueNumber: String(slot.capacity - slot.remaining + before + 1),
    location: departmentWithSlots(departmentId)?.location,
    fee,
    paymentNumber: payment?.paymentNumber,
    state: 'booked',
  }
  dropLock(state, lockId)
  state.appointments.push(appointment)
  if (payment)
    bookEntry(state, {
      hisNumber: appointment.appointmentId,
      kind: 'payment',
      patid,
      amount: payment.amount,
      paymentNumber: payment.paymentNumber,
      channelNumber: payment.channelNumber,
      bookedAt: new Date(nowMs).toISOString(),
    })
  return yes(showAppointment(appointment, nowMs))
}
