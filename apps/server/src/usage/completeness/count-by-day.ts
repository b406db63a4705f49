import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

export interface DayCounts {
  readonly day: string
  readonly stored: number
  readonly delivered: number
  /** Pending or parked: not told to the platform. */
  readonly waiting: number
}

/** Of days that follow each other, oldest first; one without events is there as well. */
export async function countByDay(tx: Tx, days: readonly string[]): Promise<readonly DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    SELECT day::text AS day, count(*) AS stored, count(*) FILTER (WHERE state = 'delivered') AS delivered,
      count(*) FILTER (WHERE state IN ('pending', 'parked')) AS waiting
    FROM usage_event WHERE hospital_id = ${tx.hospitalId} AND day >= ${days[0]} AND day <= ${days.at(-1)}
    GROUP BY day`.execute(tx.sql)
  const byDay = new Map(rows.map((row) => [row.day, row]))
  return days.map((day) => byDay.get(day) ?? { day, stored: 0, delivered: 0, waiting: 0 })
}
