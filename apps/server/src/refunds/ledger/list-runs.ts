import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { BalanceRunRow } from './tables.ts'

export interface BalanceRunView {
  readonly id: string
  readonly source: BalanceRunRow['source']
  readonly state: BalanceRunRow['state']
  readonly by: string
  readonly whole: boolean
  readonly asOfMs: number
  readonly rows: number
  readonly done: number
  readonly added: number
  readonly changed: number
  readonly cleared: number
  readonly failed: number
  readonly totalFen: number
  readonly startedAtMs: number
  readonly finishedAtMs: number | null
}

const MOST = 100

/** Imports and rounds of questions, the newest first. */
export async function listRuns(tx: Tx): Promise<readonly BalanceRunView[]> {
  const { rows } = await sql<BalanceRunView>`
    SELECT id, source, state, by_whom AS "by", whole, as_of_ms AS "asOfMs", rows, rows_done AS done, added, changed,
      cleared, failed, total_fen AS "totalFen", started_at_ms AS "startedAtMs", finished_at_ms AS "finishedAtMs"
    FROM balance_run WHERE hospital_id = ${tx.hospitalId} ORDER BY started_at_ms DESC, id LIMIT ${MOST}`.execute(
    tx.sql,
  )
  return rows
}
