import type { Clock, HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** A table whose unfinished rows carry `next_action_at_ms`. */
export interface DueRows<Row> {
  readonly table: string
  /** The column that counts how often a row was taken. */
  readonly counter: string
  /** Nobody else takes a row for so long; a killed process delays it by no more. */
  readonly leaseMs: number
  /** Rows that are worked at the same time; all of them must be done within the lease. */
  readonly atOnce: number
  readonly one: (row: Row) => Promise<void>
  /** Told of a row whose work threw. It stops no other one, keeps its lease and comes again. */
  readonly failed: (row: Row, error: unknown) => void
}

/** Takes the due rows of one hospital, a few at a time, and works each alone. Returns how many, at most `limit`. */
export async function workDue<Row>(
  database: Database,
  hospital: HospitalId,
  due: DueRows<Row>,
  clock: Clock,
  limit: number,
): Promise<number> {
  let done = 0
  while (done < limit) {
    const rows = await claim(database, hospital, due, clock.nowMs(), Math.min(due.atOnce, limit - done))
    if (rows.length === 0) break
    await Promise.all(rows.map((row) => due.one(row).catch((error: unknown) => due.failed(row, error))))
    done += rows.length
  }
  return done
}

/** The rows as they are after they were taken. */
function claim<Row>(
  database: Database,
  hospital: HospitalId,
  { table, counter, leaseMs }: DueRows<Row>,
  nowMs: number,
  count: number,
): Promise<readonly Row[]> {
  const [rows, tries] = [sql.table(table), sql.ref(counter)]
  return database.inTransaction(hospital, async (tx) => {
    // By an array: a subquery that is joined could be run again for each row, and its limit with it.
    const claimed = await sql<Row>`
      UPDATE ${rows} SET next_action_at_ms = ${nowMs + leaseMs}, ${tries} = ${tries} + 1
      WHERE hospital_id = ${hospital} AND ctid = ANY (ARRAY(
        SELECT ctid FROM ${rows} WHERE hospital_id = ${hospital} AND next_action_at_ms <= ${nowMs}
        ORDER BY next_action_at_ms LIMIT ${count} FOR UPDATE SKIP LOCKED))
      RETURNING *`.execute(tx.sql)
    return claimed.rows
  })
}
