import { fen } from '@zhangyi/core'
import { dayAfter } from '../day-range.ts'
import { patidOf } from '../file-archive.ts'
import { DEPARTMENTS } from '../schedules/departments.ts'
import { makeSlots } from '../schedules/make-slots.ts'
import type { KeptAppointment } from './kept-appointment.ts'

// The patids of the known people, by the order in which they are filed.
const LI_MINGHUA = patidOf(1)
const LI_XIAOBAO = patidOf(2)
const ZHAO_DEFU = patidOf(3)

/** What the known people have behind them, and one visit that is to come. */
export function seedAppointments(seed: number, openedAtMs: number): KeptAppointment[] {
  const at = (days: number) => dayAfter(openedAtMs, days)
  return [
    past('GH-S1', LI_MINGHUA, 'D0103', at(-35), 'visited'),
    past('GH-S2', LI_MINGHUA, 'D0102', at(-12), 'visited'),
    past('GH-S3', LI_MINGHUA, 'D05', at(-5), 'cancelled'),
    past('GH-S4', LI_XIAOBAO, 'D04', at(-20), 'visited'),
    past('GH-S5', ZHAO_DEFU, 'D0101', at(-60), 'booked'),
    ...coming(seed, LI_MINGHUA, 'D0104', at(3)),
    ...coming(seed, ZHAO_DEFU, 'D0101', at(2)),
  ]
}

function past(
  appointmentId: string,
  patid: string,
  department: string,
  day: string,
  state: KeptAppointment['state'],
): KeptAppointment {
  const { departmentId, name, location } = DEPARTMENTS.find((one) => one.departmentId === department) ?? {}
  return {
    appointmentId,
    patid,
    slotId: undefined,
    requestKey: undefined,
    kind: 'appointment',
    departmentId: departmentId ?? department,
    departmentName: name ?? '',
    doctorName: undefined,
    day,
    period: 'morning',
    startsAt: '09:00',
    endsAt: '10:00',
    queueNumber: '7',
    location,
    fee: fen(1_000),
    paymentNumber: undefined,
    state,
  }
}

function coming(seed: number, patid: string, departmentId: string, day: string): KeptAppointment[] {
  const slot = makeSlots(seed, departmentId, day).find(({ remaining }) => remaining > 0)
  if (!slot) return []
  const { slotId, doctorName, period, startsAt, endsAt, fee, capacity, remaining } = slot
  const base = past(`GH-N${patid}`, patid, departmentId, day, 'booked')
  const queueNumber = String(capacity - remaining + 1)
  return [{ ...base, slotId, doctorName, period, startsAt, endsAt, fee, queueNumber }]
}
