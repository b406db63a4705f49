import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { takeSnapshot } from './snapshot.ts'
import type { BalanceRunRow } from './tables.ts'

/** Ends a run: finds the persons who are filed more than once, and counts how the day stands. */
export async function finishRun(
  tx: Tx,
  runId: string,
  counts: Partial<Pick<BalanceRunRow, 'rows' | 'rows_done' | 'changed' | 'cleared' | 'failed' | 'total_fen'>>,
  nowMs: number,
): Promise<BalanceRunRow> {
  await markDuplicates(tx)
  await takeSnapshot(tx, nowMs)
  const set = Object.entries(counts).map(([column, count]) => sql`${sql.ref(column)} = ${count}, `)
  const { rows } = await sql<BalanceRunRow>`
    UPDATE balance_run SET ${sql.join(set, sql``)} state = 'done', finished_at_ms = ${nowMs}
    WHERE hospital_id = ${tx.hospitalId} AND id = ${runId} RETURNING *`.execute(tx.sql)
  return rows[0] as BalanceRunRow
}

/** One document number on several archives that are open: they have to be merged before the face way can pay. */
async function markDuplicates(tx: Tx): Promise<void> {
  await sql`
    UPDATE balance_record AS record SET problems = CASE WHEN counted.several
      THEN array_append(record.problems, 'duplicate-person') ELSE array_remove(record.problems, 'duplicate-person') END
    FROM (SELECT patid, id_index IS NOT NULL AND count(*) OVER (PARTITION BY id_index) > 1 AS several
      FROM balance_record WHERE hospital_id = ${tx.hospitalId} AND cleared_at_ms IS NULL) AS counted
    WHERE record.hospital_id = ${tx.hospitalId} AND record.patid = counted.patid
      AND counted.several <> ('duplicate-person' = ANY (record.problems))`.execute(tx.sql)
}
