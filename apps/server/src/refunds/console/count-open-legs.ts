import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { ENDS_SQL } from '../legs/ends-sql.ts'
import { type LegList, OVERDUE_MS, STUCK_MS } from './list-open-legs.ts'

/** How many stand in each list. */
export async function countOpenLegs(tx: Tx, nowMs: number): Promise<Readonly<Record<LegList, number>>> {
  const { rows } = await sql<Record<LegList, number>>`
    SELECT count(*) FILTER (WHERE state = 'one-sided') AS "one-sided",
      count(*) FILTER (WHERE state = 'one-sided' AND task_at_ms IS NOT NULL) AS tasks,
      count(*) FILTER (WHERE state = 'paying' AND changed_at_ms < ${nowMs - OVERDUE_MS}) AS overdue,
      count(*) FILTER (WHERE state = 'paying') AS paying,
      count(*) FILTER (WHERE state = 'no-funds') AS "no-funds",
      count(*) FILTER (WHERE state IN ('holding', 'confirming', 'releasing')) AS "with-his",
      count(*) FILTER (WHERE state IN ('holding', 'confirming', 'releasing')
        AND changed_at_ms < ${nowMs - STUCK_MS}) AS stuck,
      count(*) FILTER (WHERE state <> 'no-funds') AS "in-transit"
    FROM refund_leg
    WHERE hospital_id = ${tx.hospitalId} AND state NOT IN ${ENDS_SQL}`.execute(tx.sql)
  return rows[0] as Record<LegList, number>
}
