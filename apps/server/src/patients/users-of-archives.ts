import { sql } from 'kysely'
import type { Tx } from '../platform/database/tx.ts'

/**
 * The users who hold archives now, by patid. Verified links only: what an archive holds is told to nobody who merely
 * typed the person's number. An archive that nobody holds is not in the answer.
 */
export async function usersOfArchives(
  tx: Tx,
  patids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (patids.length === 0) return new Map()
  const { rows } = await sql<{ patid: string; userIds: string[] }>`
    SELECT patid, array_agg(DISTINCT user_id ORDER BY user_id) AS "userIds" FROM patient
    WHERE hospital_id = ${tx.hospitalId} AND patid = ANY (${patids}) AND unlinked_at_ms IS NULL AND verified
    GROUP BY patid`.execute(tx.sql)
  return new Map(rows.map(({ patid, userIds }) => [patid, userIds]))
}
