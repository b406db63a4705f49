import { sql } from 'kysely'
import { plainArray } from '../../database/array-literal.ts'
import type { Tx } from '../../database/tx.ts'
import { BEGINNING, type ChainPlace } from './chain-place.ts'
import type { HashedEntry } from './entry-hash.ts'

/**
 * Entries by their ids, by id. By a list and not by a join: with statistics of a table that was nearly empty
 * a join goes through all of a hospital's entries for each of them.
 */
export async function readEntries(tx: Tx, ids: readonly number[]): Promise<readonly HashedEntry[]> {
  const { rows } = await sql<HashedEntry>`
    SELECT id, at_ms, actor, action, subject, trace_id, detail::text AS detail FROM audit_entry
    WHERE hospital_id = ${tx.hospitalId} AND id = ANY (${plainArray(ids)}::bigint[]) ORDER BY id`.execute(
    tx.sql,
  )
  return rows
}

/** A link and its entry; `entry` is undefined where somebody deleted it. */
export interface Link extends ChainPlace {
  readonly entryId: number
  readonly entry: HashedEntry | undefined
}

/** The last link, or the anchor, or the beginning: what the next link goes on from. */
export async function readHead(tx: Tx): Promise<ChainPlace> {
  const { rows } = await sql<ChainPlace>`
    (SELECT place, hash FROM audit_link WHERE hospital_id = ${tx.hospitalId} ORDER BY place DESC LIMIT 1)
    UNION ALL
    (SELECT place, hash FROM audit_anchor WHERE hospital_id = ${tx.hospitalId} ORDER BY place DESC LIMIT 1)
    ORDER BY place DESC LIMIT 1`.execute(tx.sql)
  return rows[0] ?? BEGINNING
}

/** The place up to which the beginning was removed after its time, or the beginning. */
export async function readAnchor(tx: Tx): Promise<ChainPlace> {
  const { rows } = await sql<ChainPlace>`
    SELECT place, hash FROM audit_anchor WHERE hospital_id = ${tx.hospitalId}
    ORDER BY place DESC LIMIT 1`.execute(tx.sql)
  return rows[0] ?? BEGINNING
}

/** The link at a place, or the anchor that was left there. */
export async function readPlace(tx: Tx, place: number): Promise<ChainPlace | undefined> {
  if (place === BEGINNING.place) return BEGINNING
  const { rows } = await sql<ChainPlace>`
    SELECT place, hash FROM audit_link WHERE hospital_id = ${tx.hospitalId} AND place = ${place}
    UNION ALL
    SELECT place, hash FROM audit_anchor WHERE hospital_id = ${tx.hospitalId} AND place = ${place}
    LIMIT 1`.execute(tx.sql)
  return rows[0]
}

/** The links behind a place with their entries, in order. */
export async function readLinks(tx: Tx, after: number, limit: number): Promise<readonly Link[]> {
  const { rows } = await sql<ChainPlace & { readonly entry_id: number }>`
    SELECT place, entry_id, hash FROM audit_link
    WHERE hospital_id = ${tx.hospitalId} AND place > ${after} ORDER BY place LIMIT ${limit}`.execute(tx.sql)
  if (rows.length === 0) return []
  const entries = await readEntries(
    tx,
    rows.map(({ entry_id }) => entry_id),
  )
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return rows.map(({ place, hash, entry_id: entryId }) => ({
    place,
    hash,
    entryId,
    entry: byId.get(entryId),
  }))
}

export async function countUnlinked(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM audit_unlinked WHERE hospital_id = ${tx.hospitalId}`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

/** Held until the commit, by whoever adds to a chain or removes its beginning; the function in the database takes it too. */
export function lockChain(tx: Tx): void {
  tx.later(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`audit-chain:${tx.hospitalId}`}, 0))`)
}
