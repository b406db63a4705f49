import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

export interface Waiting {
  readonly count: number
  /** When the first of them is sent; in the past: it is due. */
  readonly nextAtMs: number | null
}

/** What of a day is still to be sent by itself. */
export async function countWaiting(tx: Tx, day: string): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    SELECT count(*) AS count, min(next_action_at_ms) AS "nextAtMs" FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND next_action_at_ms IS NOT NULL`.execute(
    tx.sql,
  )
  return rows[0] ?? { count: 0, nextAtMs: null }
}
