import { shanghaiDay } from '@zhangyi/core'
import type { Appointment } from '../../appointments.ts'
import type { KeptAppointment } from './kept-appointment.ts'

/** What the hospital tells of an appointment now. */
export function showAppointment(kept: KeptAppointment, nowMs: number): Appointment {
  const { slotId: _slot, requestKey: _key, endsAt: _end, state: keptState, ...appointment } = kept
  const state = keptState === 'booked' && kept.day < shanghaiDay(nowMs) ? 'missed' : keptState
  return { ...appointment, state, cancellable: mayCancel(kept, nowMs) }
}

/** Until the slot begins; a registration of today until it ends, as long as the patient was not seen. */
export function mayCancel({ state, kind, day, startsAt, endsAt }: KeptAppointment, nowMs: number): boolean {
  const until = (kind === 'same-day' ? endsAt : startsAt) ?? '00:00'
  return state === 'booked' && nowMs < Date.parse(`${day}T${until}:00+08:00`)
}
