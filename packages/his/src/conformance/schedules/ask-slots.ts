import type { Department, Slot } from '../../appointments.ts'
import { daysAround, groupOf } from '../ask-group.ts'
import { type ConformanceBench, NotOffered } from '../check.ts'

const DAYS_AHEAD = 13

/** Slots from tomorrow on, department by department, until one department has what is wanted. */
export async function findSlots(
  bench: ConformanceBench,
  wanted: (slot: Slot) => boolean,
): Promise<{ readonly department: Department; readonly slots: readonly Slot[] }> {
  const schedules = groupOf(bench, 'schedules')
  const range = daysAround(bench, -1, DAYS_AHEAD)
  for (const department of await schedules.departments()) {
    const { departmentId } = department
    const slots = await schedules.slots({ departmentId, doctorId: undefined, ...range })
    const fitting = slots.filter(wanted)
    if (fitting.length > 0) return { department, slots: fitting }
  }
  throw new NotOffered('今后两周没有一个科室有合用的号源，请先在测试环境里排班')
}

/** The slot as the HIS shows it now. */
export async function slotNow(bench: ConformanceBench, { slotId, departmentId, day }: Slot) {
  const query = { departmentId, doctorId: undefined, from: day, to: day }
  const slots = await groupOf(bench, 'schedules').slots(query)
  return slots.find((one) => one.slotId === slotId)
}
