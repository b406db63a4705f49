import { fen, shanghaiDay } from '@zhangyi/core'
import type { Department, Slot } from '../../appointments.ts'
import { dayAfter } from '../day-range.ts'
import { between, randomOf } from '../random-of.ts'
import { DEPARTMENTS, departmentWithSlots } from './departments.ts'
import { makeDoctors } from './make-doctors.ts'

/** Today and the thirteen days after it can be booked. */
export const BOOKABLE_DAYS = 14
const ORDINARY_FEE_FEN = 1_000
const FEE_FEN: Readonly<Record<string, number>> = { 主任医师: 4_000, 副主任医师: 2_500, 主治医师: 1_500 }
const HALF_DAYS = {
  morning: [
    ['08:00', '09:00'],
    ['09:00', '10:00'],
    ['10:00', '11:00'],
    ['11:00', '12:00'],
  ],
  afternoon: [
    ['13:30', '14:30'],
    ['14:30', '15:30'],
    ['15:30', '16:30'],
  ],
  evening: [['18:00', '21:00']],
} as const
type Period = keyof typeof HALF_DAYS

/** A slot as the seed makes it: `remaining` counts what other windows have left over. */
export type MadeSlot = Slot & {
  readonly startsAt: string
  readonly endsAt: string
  readonly capacity: number
}

/** Who sees patients: a doctor, or the department's ordinary clinic. */
interface Clinic {
  readonly clinicId: string
  readonly department: Department
  readonly doctorId: string | undefined
  readonly doctorName: string | undefined
  readonly feeFen: number
}

/** All slots of a department on one day. The seed and the day decide, so nothing of it has to be kept. */
export function makeSlots(seed: number, departmentId: string, day: string): readonly MadeSlot[] {
  const department = departmentWithSlots(departmentId)
  return department ? clinicsOf(seed, department).flatMap((clinic) => slotsOfClinic(seed, clinic, day)) : []
}

/** The days of a range that can be booked now. */
export function bookableDays(nowMs: number, { from, to }: { readonly from: string; readonly to: string }) {
  return Array.from({ length: BOOKABLE_DAYS }, (_, days) => dayAfter(nowMs, days)).filter(
    (day) => from <= day && day <= to,
  )
}

/** The slot of an id, if it can still be booked: on a bookable day and not over. */
export function findBookableSlot(seed: number, slotId: string, nowMs: number): MadeSlot | undefined {
  const [, clinicId = '', compact = ''] = /^S\.([\w-]+)\.(\d{8})\.\d{4}$/.exec(slotId) ?? []
  const day = compact.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  if (bookableDays(nowMs, { from: day, to: day }).length === 0) return undefined
  const department = DEPARTMENTS.find(({ departmentId }) => departmentId === clinicId.split('-')[0])
  return makeSlots(seed, department?.departmentId ?? '', day).find(
    (slot) => slot.slotId === slotId && !isOver(slot, nowMs),
  )
}

export function isOver({ day, endsAt }: MadeSlot, nowMs: number): boolean {
  return nowMs >= Date.parse(`${day}T${endsAt}:00+08:00`)
}

export function isToday(day: string, nowMs: number): boolean {
  return day === shanghaiDay(nowMs)
}

function clinicsOf(seed: number, department: Department): readonly Clinic[] {
  const doctors = makeDoctors(seed, department).map(
    ({ doctorId, name, title }): Clinic => ({
      clinicId: doctorId,
      department,
      doctorId,
      doctorName: name,
      feeFen: FEE_FEN[title ?? ''] ?? ORDINARY_FEE_FEN,
    }),
  )
  const ordinary = { doctorId: undefined, doctorName: undefined, feeFen: ORDINARY_FEE_FEN }
  return [...doctors, { clinicId: department.departmentId, department, ...ordinary }]
}

function slotsOfClinic(seed: number, clinic: Clinic, day: string): readonly MadeSlot[] {
  const { clinicId, department, doctorId, doctorName, feeFen } = clinic
  const { departmentId, name: departmentName } = department
  return periodsOf(seed, clinic, day).flatMap((period) =>
    HALF_DAYS[period].map(([startsAt, endsAt]) => {
      const slotId = `S.${clinicId}.${day.replaceAll('-', '')}.${startsAt.replace(':', '')}`
      const random = randomOf(seed, slotId)
      const capacity = between(random, 3, 8)
      // Some are full, as in life.
      const remaining = capacity - between(random, 0, capacity)
      const where = { slotId, departmentId, departmentName, doctorId, doctorName, day }
      return { ...where, period, startsAt, endsAt, fee: fen(feeFen), remaining, capacity }
    }),
  )
}

// The ordinary clinic is open every day, 儿科 in the evening too; a doctor sits about every second half-day.
function periodsOf(seed: number, { clinicId, doctorId, department }: Clinic, day: string): readonly Period[] {
  if (doctorId === undefined)
    return department.name === '儿科' ? ['morning', 'afternoon', 'evening'] : ['morning', 'afternoon']
  const random = randomOf(seed, 'sits', clinicId, day)
  return (['morning', 'afternoon'] as const).filter(() => random() < 0.55)
}
