import type { HisAppointments } from '../../appointments.ts'
import { newestFirst } from '../day-range.ts'
import type { Desk } from '../open-desk.ts'
import { bookSlot } from './book-slot.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { lockSlot, unlockSlot } from './lock-slot.ts'
import { showAppointment } from './show-appointment.ts'

export function offerAppointments(desk: Desk, lockMs: number): HisAppointments {
  const { state, clock, seed, read, change } = desk
  return {
    lock: (request, requestKey) =>
      change('appointments.lock', requestKey, request, () =>
        lockSlot(state, request, { seed, nowMs: clock.nowMs(), lockMs }),
      ),
    unlock: (lockId, requestKey) =>
      change('appointments.unlock', requestKey, { lockId }, () => unlockSlot(state, lockId)),
    book: (request, requestKey) =>
      change('appointments.book', requestKey, request, () =>
        bookSlot(state, request, requestKey, { seed, nowMs: clock.nowMs() }),
      ),
    cancel: (request, requestKey) =>
      change('appointments.cancel', requestKey, request, () =>
        cancelAppointment(state, request, clock.nowMs()),
      ),
    status: (bookRequestKey) =>
      read('appointments.status', () => {
        const booked = state.appointments.find(({ requestKey }) => requestKey === bookRequestKey)
        return booked && showAppointment(booked, clock.nowMs())
      }),
    list: ({ patid, from, to }) =>
      read('appointments.list', () =>
        state.appointments
          .filter((one) => one.patid === patid && from <= one.day && one.day <= to)
          .sort(newestFirst(({ day, startsAt }) => `${day} ${startsAt ?? ''}`))
          .map((one) => showAppointment(one, clock.nowMs())),
      ),
  }
}
