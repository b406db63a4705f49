import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentPurpose } from '../payment-order.ts'

/**
 * What a person has to look at. `mismatch`: what WeChat says does not fit the payment. `contradicted`: money came for one
 * that was closed, or an end was contradicted. `refund`: a refund that does not go on by itself. What a person marked as done is not among
 * them.
 */
export interface TroubledSubject {
  readonly subject: string
  readonly trouble: 'mismatch' | 'contradicted' | 'refund'
}

/** The newest first; both parts are few, and have an index of their own. */
export async function listTroubledSubjects(
  tx: Tx,
  purpose: PaymentPurpose,
  limit: number,
): Promise<readonly TroubledSubject[]> {
  const { rows } = await sql<TroubledSubject>`
    (SELECT subject, CASE WHEN starts_with(problem, 'mismatch') THEN 'mismatch' ELSE 'contradicted' END AS trouble
      FROM payment_order
      WHERE hospital_id = ${tx.hospitalId} AND purpose = ${purpose} AND problem IS NOT NULL AND problem_done_at_ms IS NULL
      ORDER BY created_at_ms DESC LIMIT ${limit})
    UNION ALL
    (SELECT o.subject, 'refund' FROM refund_order AS r
      JOIN payment_order AS o ON o.hospital_id = r.hospital_id AND o.id = r.payment_order_id
      WHERE r.hospital_id = ${tx.hospitalId} AND r.state = 'needs-person' AND o.purpose = ${purpose}
      ORDER BY r.created_at_ms DESC LIMIT ${limit})`.execute(tx.sql)
  return rows
}
