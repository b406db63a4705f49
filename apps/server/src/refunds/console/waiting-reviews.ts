import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

/** The legs about which a second person has to decide, who waits longest first. */
export async function waitingReviews(tx: Tx, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ leg_id: string }>`
    SELECT leg_id, asked_at_ms FROM reissue_request WHERE hospital_id = ${tx.hospitalId} AND state = 'waiting'
    UNION ALL
    SELECT leg_id, asked_at_ms FROM bill_decision WHERE hospital_id = ${tx.hospitalId} AND state = 'waiting'
    UNION ALL
    SELECT leg_id, asked_at_ms FROM window_payment WHERE hospital_id = ${tx.hospitalId} AND state = 'waiting'
    ORDER BY 2, 1 LIMIT ${limit}`.execute(tx.sql)
  return rows.map(({ leg_id }) => leg_id)
}
