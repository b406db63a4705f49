import { shanghaiDay } from '@zhangyi/core'
import type { Slot } from '@zhangyi/his'
import type { z } from 'zod'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { askHis } from './ask-his.ts'
import { type AskedDays, bookableDays, dayAfter } from './days.ts'
import { schedulesOf, type VisitsRoom } from './room.ts'
import { isOver } from './slot-time.ts'
import type { slotsSchema } from './visit-views.ts'

export interface SlotsQuestion extends AskedDays {
  readonly departmentId: string
  readonly doctorId?: string | undefined
}

/** What can be booked, full slots included: that a doctor is there but full is an answer, too. */
export async function listSlots(
  room: VisitsRoom,
  session: Session,
  { departmentId, doctorId, ...asked }: SlotsQuestion,
): Promise<z.output<typeof slotsSchema>> {
  const schedules = schedulesOf(room, session)
  const nowMs = room.clock.nowMs()
  const { daysAhead, payMinutes } = hospitalOf(room, session).visits
  const today = shanghaiDay(nowMs)
  const days = bookableDays(asked, daysAhead, nowMs)
  const slots = days ? await askHis(room, () => schedules.slots({ departmentId, doctorId, ...days })) : []
  return {
    today,
    lastDay: dayAfter(today, daysAhead),
    payMinutes,
    slots: slots.filter((slot) => !isOver(slot, nowMs)).map(shownSlot),
  }
}

function shownSlot(slot: Slot): z.output<typeof slotsSchema>['slots'][number] {
  const { slotId, departmentId, departmentName, doctorId, doctorName, day, period } = slot
  return {
    ...{ id: slotId, departmentId, departmentName, day, period },
    doctorId: doctorId ?? null,
    doctorName: doctorName ?? null,
    startsAt: slot.startsAt ?? null,
    endsAt: slot.endsAt ?? null,
    feeFen: slot.fee,
    remaining: slot.remaining,
  }
}
