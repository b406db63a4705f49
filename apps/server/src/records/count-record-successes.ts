import { sql } from 'kysely'
import type { CountSuccesses } from '../usage/index.ts'
import type { RecordKind } from './kinds.ts'

/** How often the HIS gave a list of records to somebody who was allowed to see it, by this room's audit entries. */
export const countRecordSuccesses: CountSuccesses = async (tx, { fromMs, toMs }) => {
  const { rows } = await sql<{ kind: RecordKind; count: number }>`
    SELECT detail ->> 'kind' AS kind, count(*) AS count FROM audit_entry
    WHERE hospital_id = ${tx.hospitalId} AND action = 'records.listed' AND at_ms >= ${fromMs} AND at_ms < ${toMs}
    GROUP BY 1`.execute(tx.sql)
  return rows.map(({ kind, count }) => ({ act: `list-${kind}` as const, count }))
}
