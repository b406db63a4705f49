import { no, type Outcome, yes } from '@zhangyi/core'
import type { Appointment, CancelRequest } from '../../appointments.ts'
import { bookEntry } from '../bills/book-entry.ts'
import type { HospitalState } from '../hospital-state.ts'
import { mayCancel, showAppointment } from './show-appointment.ts'

/**
 * Gives the place back; again is harmless. A fee that was paid is booked as money that goes out under the payment's
 * number: the hospital does not know ours of the refund.
 */
export function cancelAppointment(
  state: HospitalState,
  { appointmentId }: CancelRequest,
  nowMs: number,
): Outcome<Appointment> {
  const appointment = state.appointments.find((one) => one.appointmentId === appointmentId)
  if (!appointment) return no('appointment-unknown', 'no such appointment')
  if (appointment.state === 'cancelled') return yes(showAppointment(appointment, nowMs))
  if (!mayCancel(appointment, nowMs)) return no('too-late', 'it cannot be cancelled any more')
  appointment.state = 'cancelled'
  const { patid, fee, paymentNumber } = appointment
  if (paymentNumber !== undefined)
    bookEntry(state, {
      hisNumber: `TH${appointmentId}`,
      kind: 'refund',
      patid,
      amount: fee,
      paymentNumber,
      bookedAt: new Date(nowMs).toISOString(),
    })
  return yes(showAppointment(appointment, nowMs))
}
