import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { ParkReason } from '../tables.ts'

/** Parked events that are alike: what an operator decides about together. */
export interface ParkedGroup {
  readonly day: string
  readonly scene: string
  readonly reason: ParkReason
  /** The platform's last answer, or why there is none. */
  readonly code: string | null
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

const MOST_GROUPS = 500

/** The newest day first. */
export async function listParked(tx: Tx, day?: string): Promise<readonly ParkedGroup[]> {
  const { rows } = await sql<ParkedGroup>`
    SELECT day::text AS day, scene, reason, code, count(*) AS count,
      min(occurred_at_ms) AS "firstAtMs", max(occurred_at_ms) AS "lastAtMs"
    FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND state = 'parked' ${day === undefined ? sql`` : sql`AND day = ${day}::date`}
    GROUP BY day, scene, reason, code
    ORDER BY day DESC, scene, reason, code LIMIT ${MOST_GROUPS}`.execute(tx.sql)
  return rows
}
