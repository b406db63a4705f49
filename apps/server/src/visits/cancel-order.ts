import { type HospitalId, type Outcome, shanghaiDay, unknown } from '@zhangyi/core'
import { type Appointment, HisError } from '@zhangyi/his'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { changeOrder } from './change-order.ts'
import { type OrderRow, openContent, requestKey } from './order-row.ts'
import { mayCancel, viewOrder } from './order-view.ts'
import { LEASE_MS } from './own-time.ts'
import { appointmentsOf, type VisitsRoom } from './room.ts'
import { settleCancel } from './settle-cancel.ts'
import type { VisitOrder } from './visit-views.ts'
import { withOwnOrder } from './with-own-order.ts'

const REASON = '患者在掌医退号'
/** The HIS has the appointment as before; whether it will be taken back it does not say. */
const STILL_STANDS = 'still-booked'

/** 退号: the HIS takes it back first, then the whole fee goes back. Pressed twice, the second sees what the first did. */
export async function cancelOrder(room: VisitsRoom, session: Session, orderId: string): Promise<VisitOrder> {
  const { order, asked } = await withOwnOrder(room, session, orderId, (tx, own) =>
    intend(tx, room, session, own),
  )
  if (asked) {
    const outcome = await askToCancel(room, session.hospitalId, order)
    const refused = await room.database.inTransaction(session.hospitalId, (tx) =>
      settleCancel(tx, room, order, outcome),
    )
    if (refused) throw new AppError('cancel-refused')
  }
  return withOwnOrder(room, session, orderId, (tx, own) => viewOrder(tx, room, own))
}

async function intend(
  tx: Tx,
  room: VisitsRoom,
  session: Session,
  order: OrderRow,
): Promise<{ readonly order: OrderRow; readonly asked: boolean }> {
  const { state } = order
  if (state === 'cancelling' || state === 'cancel-refunding' || state === 'cancelled')
    return { order, asked: false }
  const nowMs = room.clock.nowMs()
  if (state !== 'done' || order.kind === 'outpatient-fee') throw new AppError('order-wrong-step')
  if (!mayCancel(order, openContent(room.cipher, order), nowMs)) throw new AppError('cancel-refused')
  const changed = await changeOrder(tx, order, 'cancel-asked', {
    ...{ cancels: order.cancels + 1, changed_at_ms: nowMs, next_action_at_ms: nowMs + LEASE_MS },
  })
  if (!changed) throw new AppError('order-wrong-step')
  auditUser(tx, room.clock, session.userId, {
    ...{ action: 'visits.cancel-asked', subject: order.id },
    detail: { patient: order.patient_id },
  })
  return { order: changed, asked: true }
}

/**
 * What became of a cancellation: first a look at the appointment; if it still stands, the same question under the same
 * key, which acts once.
 */
export async function queryCancel(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<Appointment>> {
  const seen = await lookAtAppointment(room, hospitalId, order)
  return seen.kind === 'unknown' && seen.cause === STILL_STANDS ? askToCancel(room, hospitalId, order) : seen
}

/** Whether the appointment is cancelled by now, and nothing else: never a "no". */
export async function lookAtAppointment(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<Appointment>> {
  try {
    const found = await appointmentsOf(room, { hospitalId }).status(requestKey(order, 'book'))
    if (!found) return unknown('appointment-gone')
    return found.state === 'cancelled' ? { kind: 'yes', value: found } : unknown(STILL_STANDS)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return unknown(error.code)
  }
}

async function askToCancel(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<Appointment>> {
  const appointmentId = order.his_number ?? ''
  const outcome = await appointmentsOf(room, { hospitalId }).cancel(
    { appointmentId, reason: REASON },
    requestKey(order, `cancel-${order.cancels}`),
  )
  // The HIS has seen it before: only a look at the appointment tells, which the work does.
  return outcome.kind === 'no' && (outcome.code === 'duplicate' || outcome.code === 'key-reused')
    ? lookUp(room, hospitalId, order)
    : outcome
}

async function lookUp(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<Appointment>> {
  const { visit } = openContent(room.cipher, order)
  const day = visit?.day ?? shanghaiDay(room.clock.nowMs())
  try {
    const all = await appointmentsOf(room, { hospitalId }).list({ patid: order.patid, from: day, to: day })
    const found = all.find(({ appointmentId }) => appointmentId === order.his_number)
    return found?.state === 'cancelled' ? { kind: 'yes', value: found } : unknown('duplicate')
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return unknown(error.code)
  }
}
