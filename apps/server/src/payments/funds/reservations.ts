import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentPurpose } from '../payment-order.ts'
import type { PaymentsTables, ReservationRow } from '../tables.ts'

/** What money is reserved for: the asking room's own id of what is paid out. */
export interface FundSubject {
  readonly purpose: PaymentPurpose
  readonly subject: string
}

export function lockReservation(
  tx: Tx,
  { purpose, subject }: FundSubject,
): Promise<ReservationRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('fund_reservation')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
}

/** WeChat holds the money for this transfer: figures of a later time leave it out. The first time counts. */
export function noteLocked(tx: Tx, of: FundSubject, nowMs: number): void {
  tx.later(change(tx, of, { locked_at_ms: nowMs }).where('locked_at_ms', 'is', null))
}

/** Paid out, whatever was thought of it before. */
export function spendFunds(tx: Tx, of: FundSubject, nowMs: number): void {
  tx.later(change(tx, of, { state: 'spent', ended_at_ms: nowMs }).where('state', '<>', 'spent'))
}

/** Nothing will be paid out of it. Once is enough; what was spent stays spent. */
export function freeFunds(tx: Tx, of: FundSubject, nowMs: number): void {
  tx.later(change(tx, of, { state: 'freed', ended_at_ms: nowMs }).where('state', '=', 'held'))
}

function change(tx: Tx, { purpose, subject }: FundSubject, after: Partial<ReservationRow>) {
  return tx.sql
    .withTables<PaymentsTables>()
    .updateTable('fund_reservation')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
}
