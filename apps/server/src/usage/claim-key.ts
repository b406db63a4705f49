import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../platform/database/tx.ts'

/** 128 bits: two keys of one hospital never meet. */
const HASH_BYTES = 16
const HASH_DIGITS = 2 * HASH_BYTES
const CLAIM_BYTES = 2 * HASH_BYTES

export interface KeyClaim {
  readonly key: string
  /** Of what was told under the key, in hex; the same key for something else is a mistake of whoever tells. */
  readonly contentHash: string
}

/** `replayed`: told before, and the same. `reused`: told before, and something else. */
export type ClaimOutcome = 'new' | 'replayed' | 'reused'

// Hex, because a text is made several times faster than a buffer.
function keyHash(key: string): string {
  return hash('sha256', key).slice(0, HASH_DIGITS)
}

/** Whether the key is new; from then on it is not. */
export async function claimKey(tx: Tx, claim: KeyClaim, day: string): Promise<boolean> {
  const [outcome] = await claimKeys(tx, [claim], day)
  return outcome === 'new'
}

/**
 * Claims keys, each of them once in the list, by one statement; a second one only if some were told before. Whoever
 * tells the same key at the same time waits until this transaction ends.
 */
export async function claimKeys(
  tx: Tx,
  claims: readonly KeyClaim[],
  day: string,
): Promise<readonly ClaimOutcome[]> {
  const hashes = claims.map(({ key }) => keyHash(key))
  const digits = claims.map(({ contentHash }, index) => hashes[index] + contentHash.slice(0, HASH_DIGITS))
  const packed = Buffer.from(digits.join(''), 'hex')
  // In the order of the index, so that two that claim the same keys never wait for each other.
  const { rows } = await sql<{ fresh: Buffer }>`
    WITH fresh AS (
      INSERT INTO usage_key (hospital_id, key_hash, content_hash, day)
      SELECT ${tx.hospitalId},
        substring(${packed}::bytea FROM at * ${sql.lit(CLAIM_BYTES)} + 1 FOR ${sql.lit(HASH_BYTES)}) AS key_hash,
        substring(${packed}::bytea FROM at * ${sql.lit(CLAIM_BYTES)} + ${sql.lit(HASH_BYTES + 1)} FOR ${sql.lit(HASH_BYTES)}),
        ${day}::date
      FROM generate_series(0, ${claims.length - 1}::integer) AS at
      ORDER BY key_hash
      ON CONFLICT DO NOTHING RETURNING key_hash)
    SELECT coalesce(string_agg(key_hash, ''::bytea), ''::bytea) AS fresh FROM fresh
    HAVING count(*) < ${claims.length}::integer`.execute(tx.sql)
  const [some] = rows
  if (!some) return claims.map(() => 'new')
  const fresh = new Set<string>()
  for (let at = 0; at < some.fresh.length; at += HASH_BYTES)
    fresh.add(some.fresh.toString('hex', at, at + HASH_BYTES))
  return compareTold(tx, claims, hashes, fresh)
}

async function compareTold(
  tx: Tx,
  claims: readonly KeyClaim[],
  hashes: readonly string[],
  fresh: ReadonlySet<string>,
): Promise<readonly ClaimOutcome[]> {
  const told = hashes.filter((one) => !fresh.has(one))
  const { rows } = await sql<{ key_hash: Buffer; content_hash: Buffer }>`
    SELECT key_hash, content_hash FROM usage_key
    WHERE hospital_id = ${tx.hospitalId} AND key_hash = ANY (${told.map((one) => Buffer.from(one, 'hex'))})`.execute(
    tx.sql,
  )
  const before = new Map(rows.map((row) => [row.key_hash.toString('hex'), row.content_hash.toString('hex')]))
  return claims.map(({ contentHash }, index) => {
    const name = hashes[index] ?? ''
    if (fresh.has(name)) return 'new'
    const same = (before.get(name) ?? contentHash).startsWith(contentHash.slice(0, HASH_DIGITS))
    return same ? 'replayed' : 'reused'
  })
}
