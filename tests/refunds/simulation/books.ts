import { sql } from 'kysely'
import type { Tx } from '../../../apps/server/src/platform/database/tx.ts'
import { ENDS_SQL } from '../../../apps/server/src/refunds/legs/ends-sql.ts'
import type { LegState } from '../../../apps/server/src/refunds/legs/leg-states.ts'

/** One number under which a leg was to be paid. */
export interface PaidUnder {
  readonly number: string
  readonly queried: string | null
  /** What its last sending came to. */
  readonly state: string
}

/** A leg with everything that our own books say of it. */
export interface BookedLeg {
  readonly id: string
  readonly case_id: string
  readonly patid: string
  readonly user_id: string
  readonly route: 'original' | 'transfer'
  readonly state: LegState
  readonly amount_fen: number
  readonly his_mode: 'hold' | 'deduct'
  readonly his_number: string | null
  readonly next_ms: number | null
  readonly task_ms: number | null
  readonly payout_id: string | null
  readonly payout: string | null
  readonly payout_problem: string | null
  readonly payout_next_ms: number | null
  readonly reservation: string | null
  readonly numbers: readonly PaidUnder[] | null
  /** How often two people said that it was handed over at the window. */
  readonly handed_over: number
  /** Of its whole case, by account. */
  readonly journal: Readonly<Record<string, number>> | null
}

/** The legs of every archive of which a leg is open or changed since; all of them from nought. */
export async function readBooks({ sql: db, hospitalId }: Tx, sinceMs: number): Promise<readonly BookedLeg[]> {
  const { rows } = await sql<BookedLeg>`
      WITH touched AS MATERIALIZED (
        SELECT DISTINCT c.patid FROM refund_leg l JOIN refund_case c ON c.hospital_id = l.hospital_id AND c.id = l.case_id
        WHERE l.hospital_id = ${hospitalId}
          AND (l.state NOT IN ${ENDS_SQL} OR l.changed_at_ms >= ${sinceMs}))
      SELECT l.id, l.case_id, c.patid, c.user_id, l.route, l.state, l.amount_fen, l.his_mode, l.his_number,
        l.next_action_at_ms AS next_ms, l.task_at_ms AS task_ms, l.payout_id, f.state AS reservation,
        coalesce(t.state, r.state) AS payout, coalesce(t.problem, r.problem) AS payout_problem,
        coalesce(t.next_action_at_ms, r.next_action_at_ms) AS payout_next_ms,
        (SELECT json_agg(json_build_object('number', a.number, 'queried', a.queried_state, 'state', a.state) ORDER BY a.created_at_ms, a.version)
          FROM payment_attempt a WHERE a.hospital_id = ${hospitalId} AND a.endpoint IN ('transfer-create', 'refund-create')
            AND (a.transfer_id = l.payout_id OR a.refund_id = l.payout_id)) AS numbers,
        (SELECT count(*)::int FROM window_payment w WHERE w.hospital_id = ${hospitalId} AND w.leg_id = l.id
          AND w.state = 'done') AS handed_over,
        (SELECT json_object_agg(account, fen) FROM (SELECT account, sum(amount_fen) AS fen FROM journal_entry j
          WHERE j.hospital_id = ${hospitalId} AND j.case_id = c.id GROUP BY account) of) AS journal
      FROM refund_case c
      JOIN refund_leg l ON l.hospital_id = c.hospital_id AND l.case_id = c.id
      LEFT JOIN transfer_order t ON t.hospital_id = c.hospital_id AND t.id = l.payout_id
      LEFT JOIN refund_order r ON r.hospital_id = c.hospital_id AND r.id = l.payout_id
      LEFT JOIN fund_reservation f ON f.hospital_id = c.hospital_id AND f.purpose = 'deposits' AND f.subject = l.id
      WHERE c.hospital_id = ${hospitalId} AND c.patid IN (SELECT patid FROM touched)
      ORDER BY l.created_at_ms, l.id`.execute(db)
  return rows
}
