import type { HospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import { plainArray } from '../../database/array-literal.ts'
import type { Database } from '../../database/database.ts'
import type { Tx } from '../../database/tx.ts'
import { lockChain, readEntries, readHead } from './chain-rows.ts'
import { hashEntry } from './entry-hash.ts'

/** One transaction; some tens of milliseconds. */
export const LINKS_AT_ONCE = 5_000
const HASH_BYTES = 32

/**
 * Links what is committed and not linked yet to the end of a hospital's chain, at most `batches` transactions. Returns how
 * many it needed: as many as it was given means that there may be more. Two servers do it one after the other; a fork has
 * no place, as a place is taken once.
 */
export async function linkEntries(
  database: Database,
  hospital: HospitalId,
  batches = Number.POSITIVE_INFINITY,
): Promise<number> {
  let after = 0
  for (let done = 0; done < batches; ) {
    const { linked, waiting } = await database.inTransaction(hospital, (tx) => linkBatch(tx, after))
    if (linked > 0) done += 1
    if (waiting.length < LINKS_AT_ONCE) return done
    // What lies before was just taken off the list and would be stepped over again and again, until it is cleaned up. An
    // entry with a lower id that is committed meanwhile is found the next time.
    after = waiting.at(-1) ?? after
  }
  return batches
}

interface Batch {
  readonly linked: number
  readonly waiting: readonly number[]
}

async function linkBatch(tx: Tx, after: number): Promise<Batch> {
  lockChain(tx)
  // Asked after the lock and on one way with it, each with what is committed by then.
  const [head, found] = await Promise.all([
    readHead(tx),
    sql<{ readonly entry_id: number }>`
      SELECT entry_id FROM audit_unlinked WHERE hospital_id = ${tx.hospitalId} AND entry_id > ${after}
      ORDER BY entry_id LIMIT ${LINKS_AT_ONCE}`.execute(tx.sql),
  ])
  const waiting = found.rows.map(({ entry_id }) => entry_id)
  if (waiting.length === 0) return { linked: 0, waiting }
  // One that waits and is gone was deleted by the owner: it stays on the list, and the check tells.
  const rows = await readEntries(tx, waiting)
  if (rows.length === 0) return { linked: 0, waiting }
  const hashes = Buffer.allocUnsafe(rows.length * HASH_BYTES)
  let { hash } = head
  for (const [index, row] of rows.entries()) {
    hash = hashEntry(hash, tx.hospitalId, row)
    hash.copy(hashes, index * HASH_BYTES)
  }
  const ids = rows.map(({ id }) => id)
  tx.later(sql`
    INSERT INTO audit_link (hospital_id, place, entry_id, hash)
    SELECT ${tx.hospitalId}, ${head.place}::bigint + nth, id, substr(${hashes}::bytea, (nth::int - 1) * ${HASH_BYTES}::int + 1, ${HASH_BYTES}::int)
    FROM unnest(${plainArray(ids)}::bigint[]) WITH ORDINALITY AS one (id, nth)`)
  // By their ids and not as a range: another one of the range may have been committed since.
  tx.later(
    sql`DELETE FROM audit_unlinked WHERE hospital_id = ${tx.hospitalId} AND entry_id = ANY (${plainArray(ids)}::bigint[])`,
  )
  return { linked: rows.length, waiting }
}
