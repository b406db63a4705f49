import { findPatient, type PatientRow, withOwnPatient } from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { lockUser } from '../platform/sessions/lock-user.ts'
import type { Session } from '../platform/sessions/session.ts'
import { type FoundSlot, findSlot, type SlotWanted } from './find-slot.ts'
import { lockSlot } from './lock-slot.ts'
import type { OrderRow, VisitsTables } from './order-row.ts'
import { LIVE } from './order-states.ts'
import { viewOrder } from './order-view.ts'
import { LEASE_MS } from './own-time.ts'
import { appointmentsOf, type VisitsRoom } from './room.ts'
import { storeOrder } from './store-order.ts'
import type { VisitOrder } from './visit-views.ts'

export interface RegistrationWanted extends SlotWanted {
  readonly patientId: string
}

/**
 * 预约、当日挂号: the order stands before the HIS is asked to keep the slot. A button pressed twice, or again after a lost
 * answer, goes on with the order that is there.
 */
export async function placeRegistration(
  room: VisitsRoom,
  session: Session,
  { patientId, ...wanted }: RegistrationWanted,
): Promise<VisitOrder> {
  appointmentsOf(room, session)
  const before = await withOwnPatient(room, session, patientId, (tx, patient) =>
    findLive(tx, session, patient, wanted.slotId),
  )
  const order = before ?? (await intend(room, session, patientId, await findSlot(room, session, wanted)))
  const locked = order.state === 'locking' ? await lockSlot(room, session.hospitalId, order) : order
  return room.database.inTransaction(session.hospitalId, (tx) => viewOrder(tx, room, locked))
}

function intend(room: VisitsRoom, session: Session, patientId: string, found: FoundSlot): Promise<OrderRow> {
  return room.database.inTransaction(session.hospitalId, async (tx) => {
    // What the user has unpaid is counted one after the other.
    await lockUser(tx, session.userId)
    const patient = await findPatient(tx, session.userId, patientId)
    if (!patient) throw new AppError('patient-not-yours')
    const { slot, kind, campus } = found
    const before = await findLive(tx, session, patient, slot.slotId)
    if (before) return before
    if ((await countUnpaid(tx, session)) >= hospitalOf(room, session).visits.maxUnpaid)
      throw new AppError('too-many-unpaid')
    const { departmentId, departmentName, doctorName, day, period, startsAt, endsAt } = slot
    const order = await storeOrder(tx, room, session, patient, {
      ...{ kind, state: 'locking', slot_id: slot.slotId, fee_fen: slot.fee, expires_at_ms: null },
      next_action_at_ms: room.clock.nowMs() + LEASE_MS,
      content: {
        title: `${departmentName} ${doctorName ?? '普通号'}`,
        department: { id: departmentId, name: departmentName },
        campus,
        visit: { doctorName, day, period, startsAt, endsAt },
        bills: undefined,
      },
    })
    if (!order) throw new AppError('order-under-way')
    return order
  })
}

/** The user's own order for this slot that can go on. Somebody else's, or one that is being closed, is in the way. */
async function findLive(
  tx: Tx,
  session: Session,
  { patid }: PatientRow,
  slotId: string,
): Promise<OrderRow | undefined> {
  const order = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('slot_id', '=', slotId)
    .where('patid', '=', patid)
    .where('state', 'in', LIVE)
    .executeTakeFirst()
  if (!order) return undefined
  if (order.user_id !== session.userId) throw new AppError('order-under-way')
  if (order.state === 'closing' || order.state === 'unlocking')
    throw new AppError('order-under-way', { zh: '您刚才放弃的号正在放回，请过一分钟再试，或另选一个时间。' })
  return order
}

async function countUnpaid(tx: Tx, { userId }: Session): Promise<number> {
  const { unpaid } = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .select(({ fn }) => fn.countAll<number>().as('unpaid'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('slot_id', 'is not', null)
    .where('state', 'in', ['locking', 'to-pay'])
    .executeTakeFirstOrThrow()
  return unpaid
}
