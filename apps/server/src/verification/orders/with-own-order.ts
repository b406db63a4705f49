import { findPatient, type PatientRow } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../../platform/audit/own-id.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { OrderRow, OrderState, VerificationTables } from './order.ts'

export type OrderChange = Partial<
  Omit<OrderRow, 'hospital_id' | 'id' | 'user_id' | 'patient_id' | 'purpose' | 'created_at_ms' | 'trace_id'>
>

export interface OwnOrder {
  readonly order: OrderRow
  readonly patient: PatientRow
}

/**
 * Runs `fn` with a verification of the session's user, its row locked. Another user's, or one whose patient is no
 * longer linked, is refused as if it did not exist, and the attempt is recorded. One past its lifetime goes to the ways
 * on before `fn` sees it.
 */
export async function withOwnOrder<T>(
  { database, clock }: Platform,
  session: Session,
  id: string,
  fn: (tx: Tx, own: OwnOrder) => Promise<T>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const order = await tx.sql
      .withTables<VerificationTables>()
      .selectFrom('verification')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const patient =
      order?.user_id === session.userId ? await findPatient(tx, session.userId, order.patient_id) : undefined
    if (order && patient)
      return { value: await fn(tx, { order: await expired(tx, order, clock.nowMs()), patient }) }
    auditUser(tx, clock, session.userId, { action: 'verification.not-yours', subject: ownIdOrNot(id) })
    return undefined
  })
  if (!result) throw new AppError('verification-not-yours')
  return result.value
}

async function expired(tx: Tx, order: OrderRow, nowMs: number): Promise<OrderRow> {
  if (nowMs < order.expires_at_ms || order.state === 'granted' || order.reason === 'expired') return order
  return changeOrder(tx, order, { state: 'ways-on', reason: 'expired', verify_url: null }, nowMs)
}

/** Writes a change of a verification whose row is locked. Leaving the straight way keeps the trace number. */
export function changeOrder(tx: Tx, order: OrderRow, change: OrderChange, nowMs: number): Promise<OrderRow> {
  return tx.sql
    .withTables<VerificationTables>()
    .updateTable('verification')
    .set({
      ...change,
      changed_at_ms: nowMs,
      ...(change.state === 'ways-on' && { trace_id: currentTraceId() }),
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', order.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Throws unless the verification stands in one of these states: a button pressed twice, or a page from yesterday. */
export function requireOrderState(order: OrderRow, ...states: readonly OrderState[]): void {
  if (order.reason === 'expired') throw new AppError('verification-expired')
  if (!states.includes(order.state)) throw new AppError('verification-wrong-step')
}
