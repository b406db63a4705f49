import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/tx.ts'
import { ENDS, type State } from '../offline-states.ts'

/** How many were handed to the hospital and have no end yet, by state; a state without any is left out. */
export async function countByState(tx: Tx): Promise<ReadonlyMap<State, number>> {
  const { rows } = await sql<{ state: State; count: number }>`
    SELECT state, count(*) AS count FROM offline_application
    WHERE hospital_id = ${tx.hospitalId} AND state <> ALL (${[...ENDS, 'draft']}) GROUP BY state`.execute(
    tx.sql,
  )
  return new Map(rows.map(({ state, count }) => [state, count]))
}
