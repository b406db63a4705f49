import { sql } from 'kysely'
import type { CountSuccesses } from '../usage/index.ts'

/** How often a health card's code was shown, by this room's audit entries; a visit card's is no use of the card. */
export const countShownCodes: CountSuccesses = async (tx, { fromMs, toMs }) => {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM audit_entry
    WHERE hospital_id = ${tx.hospitalId} AND action = 'card-code.shown' AND at_ms >= ${fromMs} AND at_ms < ${toMs}
      AND detail ->> 'kind' = 'health-card'`.execute(tx.sql)
  return rows.map(({ count }) => ({ act: 'show-card-code', count }))
}
