import { sql } from 'kysely'
import type { Tx } from '../platform/database/tx.ts'
import { inTime, type ListTimes } from '../platform/operators/list-page.ts'
import type { PaymentPurpose, Refund } from './payment-order.ts'
import { type PaymentsTables, refundOf, transferOf } from './tables.ts'
import type { Transfer } from './transfers/transfer.ts'

/** A transfer or a refund that does not go on by itself. */
export interface StoppedPayout {
  readonly id: string
  /** Why, in a code. */
  readonly problem: string
  readonly createdAtMs: number
}

/**
 * What WeChat says does not fit, or cannot be had any more, or contradicts an end that it told before and nobody
 * dealt with: a person has to look. The oldest first.
 */
export async function listStoppedPayouts(
  tx: Tx,
  purpose: PaymentPurpose,
  limit: number,
): Promise<readonly StoppedPayout[]> {
  const { rows } = await sql<StoppedPayout>`
    SELECT id, coalesce(problem, 'needs-person') AS problem, created_at_ms AS "createdAtMs" FROM transfer_order
    WHERE hospital_id = ${tx.hospitalId} AND purpose = ${purpose} AND state NOT IN ('done', 'closed')
      AND (state = 'needs-person'
        OR (state IN ('not-paid', 'refused', 'not-funded') AND problem IN ('mismatch', 'contradicted')))
    UNION ALL
    SELECT id, problem, created_at_ms FROM transfer_order
    WHERE hospital_id = ${tx.hospitalId} AND purpose = ${purpose}
      AND state IN ('done', 'closed') AND contradiction IS NOT NULL AND problem_done_at_ms IS NULL
    UNION ALL
    SELECT r.id, coalesce(r.problem, 'needs-person'), r.created_at_ms FROM refund_order AS r
    JOIN payment_order AS o ON o.hospital_id = r.hospital_id AND o.id = r.payment_order_id
    WHERE r.hospital_id = ${tx.hospitalId} AND o.purpose = ${purpose} AND r.state = 'needs-person'
    UNION ALL
    SELECT r.id, r.problem, r.created_at_ms FROM refund_order AS r
    JOIN payment_order AS o ON o.hospital_id = r.hospital_id AND o.id = r.payment_order_id
    WHERE r.hospital_id = ${tx.hospitalId} AND o.purpose = ${purpose}
      AND r.state IN ('done', 'closed') AND r.contradiction IS NOT NULL AND r.problem_done_at_ms IS NULL
    ORDER BY 3, 1 LIMIT ${limit}`.execute(tx.sql)
  return rows
}

/** A transfer that WeChat holds for its patient, and where it stands in the list of them. */
export interface WaitingPayout {
  readonly id: string
  readonly createdAtMs: number
}

/** Transfers that wait for 确认收款, one page by keyset, who waits longest first. */
export async function listTransfersToConfirm(
  tx: Tx,
  purpose: PaymentPurpose,
  { before, limit }: Pick<ListTimes, 'before'> & { readonly limit: number },
): Promise<readonly WaitingPayout[]> {
  const behind = inTime(sql`created_at_ms`, sql`id`, { before }, 'oldest-first')
  const { rows } = await sql<WaitingPayout>`
    SELECT id, created_at_ms AS "createdAtMs" FROM transfer_order
    WHERE ${sql.join(
      [
        ...[sql`hospital_id = ${tx.hospitalId}`, sql`state = 'to-confirm'`, sql`purpose = ${purpose}`],
        ...behind,
      ],
      sql` AND `,
    )}
    ORDER BY created_at_ms, id LIMIT ${limit}`.execute(tx.sql)
  return rows
}

/** The transfer or refund that ever had this number: 商户单号, 商户退款单号, or WeChat's number of a transfer. */
export async function findPayoutByNumber(tx: Tx, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT coalesce(transfer_id, refund_id) AS id FROM payment_attempt
    WHERE hospital_id = ${tx.hospitalId} AND number = ${number} AND endpoint IN ('transfer-create', 'refund-create')
    UNION ALL
    SELECT id FROM transfer_order WHERE hospital_id = ${tx.hospitalId} AND transfer_bill_no = ${number}
    LIMIT 1`.execute(tx.sql)
  return rows[0]?.id
}

/** The recharge of this 商户订单号, or of WeChat's number of its payment. */
export async function findRechargeOrder(tx: Tx, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM payment_order
    WHERE hospital_id = ${tx.hospitalId} AND out_trade_no = ${number} AND purpose = 'deposits'
    UNION ALL
    SELECT id FROM payment_order
    WHERE hospital_id = ${tx.hospitalId} AND transaction_id = ${number} AND purpose = 'deposits'
    LIMIT 1`.execute(tx.sql)
  return rows[0]?.id
}

/** Of many at once, by their ids. */
export async function findPayouts(
  tx: Tx,
  ids: readonly string[],
): Promise<{
  readonly transfers: ReadonlyMap<string, Transfer>
  readonly refunds: ReadonlyMap<string, Refund>
  /** 商户退款单号 under which a refund is being asked for, or was paid. */
  readonly refundNumbers: ReadonlyMap<string, string>
}> {
  if (ids.length === 0) return { transfers: new Map(), refunds: new Map(), refundNumbers: new Map() }
  const tables = tx.sql.withTables<PaymentsTables>()
  const transfers = await tables
    .selectFrom('transfer_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', 'in', [...ids])
    .execute()
  const refunds = await tables
    .selectFrom('refund_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', 'in', [...ids])
    .execute()
  const live = await sql<{ refund_id: string; number: string }>`
    SELECT refund_id, number FROM payment_attempt
    WHERE hospital_id = ${tx.hospitalId} AND refund_id = ANY (${refunds.map(({ id }) => id)})
      AND endpoint = 'refund-create' AND (queried_state IS NULL OR queried_state NOT IN ('CLOSED', 'NOT_FOUND'))`.execute(
    tx.sql,
  )
  return {
    refundNumbers: new Map(live.rows.map(({ refund_id, number }) => [refund_id, number])),
    transfers: new Map(transfers.map((row) => [row.id, transferOf(row)])),
    refunds: new Map(refunds.map((row) => [row.id, refundOf(row)])),
  }
}
