import type { HisAppointments, HisFees, HisSchedules } from '@zhangyi/his'
import type { PaymentsParts, PaymentsRoom } from '../payments/index.ts'
import type { Clients } from '../platform/clients/clients.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'

/** What an operation inside a transaction is given. */
export interface VisitsParts extends PaymentsParts, Pick<Platform, 'log'> {}

/** What the operations of this room are given: also what it takes to ask for money, with this room's own events. */
export interface VisitsRoom extends PaymentsRoom {
  readonly clients: Clients
}

export const VISITS_WORK = 'visits.run-due'

type Whose = Pick<Session, 'hospitalId'>

/** Throws `his-refused` where the hospital's HIS offers no slots. */
export function schedulesOf(room: VisitsRoom, whose: Whose): HisSchedules {
  const { schedules } = room.clients.his(hospitalOf(room, whose))
  return schedules ?? notOffered('本院还没有开通网上挂号，请到窗口挂号。')
}

export function appointmentsOf(room: VisitsRoom, whose: Whose): HisAppointments {
  const { appointments } = room.clients.his(hospitalOf(room, whose))
  return appointments ?? notOffered('本院还没有开通网上挂号，请到窗口挂号。')
}

export function feesOf(room: VisitsRoom, whose: Whose): HisFees {
  const { fees } = room.clients.his(hospitalOf(room, whose))
  return fees ?? notOffered('本院还没有开通网上缴费，请到收费窗口缴费。')
}

function notOffered(zh: string): never {
  throw new AppError('his-refused', { zh })
}
