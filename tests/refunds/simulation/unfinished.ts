import { sql } from 'kysely'
import type { Tx } from '../../../apps/server/src/platform/database/tx.ts'
import { ENDS_SQL } from '../../../apps/server/src/refunds/legs/ends-sql.ts'

/** A row of any room that has not come to its end. */
export interface Unfinished {
  readonly of: string
  readonly id: string
  readonly state: string
  readonly due_ms: number | null
}

/** Everything that somebody has still to look at: server, patient or clerk. */
export async function readUnfinished({ sql: db, hospitalId }: Tx): Promise<readonly Unfinished[]> {
  const { rows } = await sql<Unfinished>`
      SELECT 'leg' AS of, id, state, next_action_at_ms AS due_ms FROM refund_leg
        WHERE hospital_id = ${hospitalId} AND state NOT IN ${ENDS_SQL}
      UNION ALL SELECT 'case', id, 'open without a leg', NULL FROM refund_case c
        WHERE hospital_id = ${hospitalId} AND state = 'open' AND NOT EXISTS (
          SELECT FROM refund_leg l WHERE l.hospital_id = ${hospitalId} AND l.case_id = c.id
            AND l.state NOT IN ${ENDS_SQL})
      UNION ALL SELECT 'reissue', r.id, 'of a leg that is ' || l.state, NULL FROM reissue_request r
        JOIN refund_leg l ON l.hospital_id = r.hospital_id AND l.id = r.leg_id
        WHERE r.hospital_id = ${hospitalId} AND r.state = 'waiting' AND l.state <> 'one-sided'
      UNION ALL SELECT 'window', w.id, 'of a leg that is ' || l.state, NULL FROM window_payment w
        JOIN refund_leg l ON l.hospital_id = w.hospital_id AND l.id = w.leg_id
        WHERE w.hospital_id = ${hospitalId} AND w.state = 'waiting' AND l.state <> 'one-sided'
      UNION ALL SELECT 'transfer', id, state, next_action_at_ms FROM transfer_order
        WHERE hospital_id = ${hospitalId} AND state IN ('under-way', 'to-confirm', 'needs-person')
      UNION ALL SELECT 'refund', id, state, next_action_at_ms FROM refund_order
        WHERE hospital_id = ${hospitalId} AND state IN ('under-way', 'needs-person')
      UNION ALL SELECT 'attempt', a.id, coalesce(t.state, r.state), coalesce(t.next_action_at_ms, r.next_action_at_ms)
        FROM payment_attempt a
        LEFT JOIN transfer_order t ON t.hospital_id = a.hospital_id AND t.id = a.transfer_id
        LEFT JOIN refund_order r ON r.hospital_id = a.hospital_id AND r.id = a.refund_id
        WHERE a.hospital_id = ${hospitalId} AND a.endpoint IN ('transfer-create', 'refund-create')
          AND a.state = 'asked' AND a.queried_state IS NULL
      UNION ALL SELECT 'receipt', transfer_id, state, next_action_at_ms FROM transfer_receipt
        WHERE hospital_id = ${hospitalId} AND state IN ('to-ask', 'asked')
      UNION ALL SELECT 'notice', id, state, next_action_at_ms FROM payment_notice
        WHERE hospital_id = ${hospitalId} AND state = 'stored'`.execute(db)
  return rows
}
