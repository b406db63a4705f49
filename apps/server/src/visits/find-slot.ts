import { shanghaiDay } from '@zhangyi/core'
import type { Slot } from '@zhangyi/his'
import { AppError, badInput } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { askHis } from './ask-his.ts'
import { bookableDays, checkedDay } from './days.ts'
import { schedulesOf, type VisitsRoom } from './room.ts'
import { isOver } from './slot-time.ts'

export interface SlotWanted {
  readonly slotId: string
  readonly departmentId: string
  readonly day: string
}

export interface FoundSlot {
  readonly slot: Slot
  readonly kind: 'appointment' | 'same-day'
  readonly campus: string | undefined
}

/** The slot as the HIS has it now: what the client says of it is only where to look. */
export async function findSlot(
  room: VisitsRoom,
  session: Session,
  { slotId, departmentId, day }: SlotWanted,
): Promise<FoundSlot> {
  const schedules = schedulesOf(room, session)
  const nowMs = room.clock.nowMs()
  const { daysAhead } = hospitalOf(room, session).visits
  const days = bookableDays({ from: checkedDay('day', day), to: day }, daysAhead, nowMs)
  if (!days) throw badInput({ field: 'day', message: '这一天现在不能挂号，请重新选择日期' })
  const [slots, departments] = await Promise.all([
    askHis(room, () => schedules.slots({ departmentId, doctorId: undefined, ...days })),
    // Only for the campus: without it a booking is still a booking.
    schedules.departments().catch(() => []),
  ])
  const slot = slots.find((one) => one.slotId === slotId && one.day === day)
  if (!slot || isOver(slot, nowMs)) throw new AppError('slot-taken')
  return {
    slot,
    kind: day === shanghaiDay(nowMs) ? 'same-day' : 'appointment',
    campus: departments.find((one) => one.departmentId === slot.departmentId)?.campus,
  }
}
