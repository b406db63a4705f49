import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentPurpose } from '../payment-order.ts'
import { type AttemptRow, type PaymentsTables, type TransferRow, transferOf } from '../tables.ts'
import type { Transfer } from './transfer.ts'

export async function findTransfer(tx: Tx, id: string): Promise<Transfer | undefined> {
  const row = await findTransferRow(tx, id)
  return row && transferOf(row)
}

export function findTransferRow(tx: Tx, id: string): Promise<TransferRow | undefined> {
  return transfers(tx).where('id', '=', id).executeTakeFirst()
}

export function findTransferRowOf(
  tx: Tx,
  purpose: PaymentPurpose,
  subject: string,
): Promise<TransferRow | undefined> {
  return transfers(tx).where('purpose', '=', purpose).where('subject', '=', subject).executeTakeFirst()
}

function transfers(tx: Tx) {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('transfer_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
}

/** One number of a transfer, as a timeline shows it. */
export interface TransferNumberView extends Pick<AttemptRow, 'number' | 'sendings' | 'state'> {
  readonly createdAtMs: number
  /** Of its last sending. */
  readonly sentAtMs: number | undefined
  readonly queriedState: string | undefined
  /** Code of the last answer that was not a yes. */
  readonly lastProblem: string | undefined
  /** WeChat's Request-ID; its support asks for it. */
  readonly requestId: string | undefined
  /** The number, by query not paid, that this one follows. */
  readonly replaces: string | undefined
}

/** Every number that a transfer ever had, oldest first. */
export async function transferHistory(tx: Tx, id: string): Promise<readonly TransferNumberView[]> {
  const rows = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_attempt')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('transfer_id', '=', id)
    .where('endpoint', '=', 'transfer-create')
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
  const numbers = new Map(rows.map((row) => [row.id, row.number]))
  return rows.map((row) => ({
    ...{ number: row.number, createdAtMs: row.created_at_ms, sentAtMs: row.sent_at_ms ?? undefined },
    ...{ sendings: row.sendings, state: row.state, queriedState: row.queried_state ?? undefined },
    ...{ lastProblem: row.last_problem ?? undefined, requestId: row.request_id ?? undefined },
    replaces: numbers.get(row.replaces ?? ''),
  }))
}
