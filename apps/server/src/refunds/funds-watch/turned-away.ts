import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'

/** More than that wait on no ordinary day; their demand alone is an alarm. */
const MOST = 5_000

/** Legs without funds whose patients may still try again, who waits longest first. */
export function turnedAway(tx: Tx, nowMs: number): Promise<LegRow[]> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .selectAll('l')
    .where('l.hospital_id', '=', tx.hospitalId)
    .where('l.state', '=', 'no-funds')
    .where('c.retry_until_ms', '>', nowMs)
    .orderBy('l.changed_at_ms')
    .orderBy('l.id')
    .limit(MOST)
    .execute()
}
