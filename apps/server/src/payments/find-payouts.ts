import { sql } from 'kysely'
import type { Tx } from '../platform/database/tx.ts'
import type { PaymentPurpose } from './payment-order.ts'

/** A transfer or a refund that does not go on by itself. */
export interface StoppedPayout {
  readonly id: string
  /** Why, in a code. */
  readonly problem: string
  readonly createdAtMs: number
}

/** What WeChat says does not fit, or cannot be had any more: a person has to look. The oldest first. */
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
    SELECT r.id, coalesce(r.problem, 'needs-person'), r.created_at_ms FROM refund_order AS r
    JOIN payment_order AS o ON o.hospital_id = r.hospital_id AND o.id = r.payment_order_id
    WHERE r.hospital_id = ${tx.hospitalId} AND o.purpose = ${purpose} AND r.state = 'needs-person'
    ORDER BY 3, 1 LIMIT ${limit}`.execute(tx.sql)
  return rows
}

/** The transfer or refund that ever had this number (商户单号, 商户退款单号). */
export async function findPayoutByNumber(tx: Tx, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT coalesce(transfer_id, refund_id) AS id FROM payment_attempt
    WHERE hospital_id = ${tx.hospitalId} AND number = ${number} AND endpoint IN ('transfer-create', 'refund-create')
    LIMIT 1`.execute(tx.sql)
  return rows[0]?.id
}
