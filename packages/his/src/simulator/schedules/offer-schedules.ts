import { fen } from '@zhangyi/core'
import type { HisSchedules, Slot } from '../../appointments.ts'
import { takenSlots } from '../appointments/taken-slots.ts'
import type { Desk } from '../open-desk.ts'
import { DEPARTMENTS, departmentWithSlots } from './departments.ts'
import { makeDoctors } from './make-doctors.ts'
import { bookableDays, isOver, type MadeSlot, makeSlots } from './make-slots.ts'

export function offerSchedules({ state, clock, seed, read }: Desk): HisSchedules {
  return {
    departments: () => read('schedules.departments', () => DEPARTMENTS),
    doctors: (departmentId) =>
      read('schedules.doctors', () => {
        const department = departmentWithSlots(departmentId)
        return department ? makeDoctors(seed, department) : []
      }),
    slots: (query) =>
      read('schedules.slots', () => {
        const nowMs = clock.nowMs()
        const taken = takenSlots(state, nowMs)
        return bookableDays(nowMs, query)
          .flatMap((day) => makeSlots(seed, query.departmentId, day))
          .filter((slot) => query.doctorId === undefined || slot.doctorId === query.doctorId)
          .filter((slot) => !isOver(slot, nowMs))
          .map((slot) => shownSlot(slot, taken.get(slot.slotId) ?? 0))
      }),
  }
}

function shownSlot({ capacity: _, ...slot }: MadeSlot, taken: number): Slot {
  return { ...slot, fee: fen(slot.fee), remaining: Math.max(0, slot.remaining - taken) }
}
