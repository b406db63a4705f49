import { sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import { plainArray, textArray } from '../../platform/database/array-literal.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { BalanceLine } from './read-balance-csv.ts'
import { cardIndex, idIndex, sealPerson } from './sealed-person.ts'

export interface StoredLines {
  readonly added: number
  readonly changed: number
}

/**
 * Takes lines of a file over, by one statement. A balance that was true at `asOfMs` is less by now by what was refunded
 * since; what has become less by other ways went elsewhere.
 */
export async function storeLines(
  tx: Tx,
  cipher: Cipher,
  lines: readonly BalanceLine[],
  run: { readonly id: string; readonly asOfMs: number },
  nowMs: number,
): Promise<StoredLines> {
  const patids = textArray(lines.map(({ patid }) => patid))
  // Locked by a statement of their own: the next one then sees every refund that was noted before.
  const before = await sql<Left>`
    SELECT patid, balance_fen AS "balanceFen" FROM balance_record
    WHERE hospital_id = ${tx.hospitalId} AND patid = ANY (${patids}::text[])
    ORDER BY patid FOR UPDATE`.execute(tx.sql)
  const after = await sql<Left>`
    WITH paid AS (
      SELECT patid, sum(amount_fen)::bigint AS fen, max(at_ms) AS at_ms, array_agg(DISTINCT way) AS ways
      FROM balance_refund
      WHERE hospital_id = ${tx.hospitalId} AND patid = ANY (${patids}::text[]) AND at_ms >= ${run.asOfMs}
      GROUP BY patid
    )
    INSERT INTO balance_record AS record (hospital_id, patid, person, id_index, card_index, balance_fen, since,
      problems, source, run_id, refunded_fen, refunded_at_ms, refunded_ways, cleared_at_ms, created_at_ms, updated_at_ms)
    SELECT ${tx.hospitalId}, patid, person, id_index, card_index, greatest(0, balance_fen - coalesce(paid.fen, 0)),
      since, string_to_array(problems, ' '), 'file', ${run.id}, coalesce(paid.fen, 0), paid.at_ms,
      coalesce(paid.ways, '{}'), CASE WHEN balance_fen <= coalesce(paid.fen, 0) THEN ${nowMs}::bigint END,
      ${nowMs}, ${nowMs}
    FROM unnest(${patids}::text[], ${sealed(cipher, lines)}::bytea[], ${ids(cipher, lines)}::bytea[],
      ${cards(cipher, lines)}::bytea[], ${plainArray(lines.map((line) => line.balanceFen))}::bigint[],
      ${plainArray(lines.map((line) => line.since))}::date[],
      ${textArray(lines.map(({ problems }) => problems.join(' ')))}::text[])
      AS line (patid, person, id_index, card_index, balance_fen, since, problems)
    LEFT JOIN paid USING (patid) ORDER BY patid
    ON CONFLICT (hospital_id, patid) DO UPDATE SET
      person = excluded.person, id_index = excluded.id_index, card_index = excluded.card_index,
      balance_fen = excluded.balance_fen, since = excluded.since, problems = excluded.problems, source = 'file',
      run_id = excluded.run_id, updated_at_ms = excluded.updated_at_ms,
      elsewhere_fen = greatest(0, record.elsewhere_fen + record.balance_fen - excluded.balance_fen),
      cleared_at_ms = CASE WHEN excluded.balance_fen = 0 THEN coalesce(record.cleared_at_ms, ${nowMs}) END
    RETURNING patid, balance_fen AS "balanceFen"`.execute(tx.sql)
  const known = new Map(before.rows.map(({ patid, balanceFen }) => [patid, balanceFen]))
  return {
    added: lines.length - known.size,
    changed: after.rows.filter(({ patid, balanceFen }) => known.has(patid) && known.get(patid) !== balanceFen)
      .length,
  }
}

interface Left {
  readonly patid: string
  readonly balanceFen: number
}

function sealed(cipher: Cipher, lines: readonly BalanceLine[]): string {
  return bytesArray(lines.map(({ person }) => sealPerson(cipher, person)))
}

function ids(cipher: Cipher, lines: readonly BalanceLine[]): string {
  return bytesArray(lines.map(({ person }) => idIndex(cipher, person.reveal().idNumber)))
}

function cards(cipher: Cipher, lines: readonly BalanceLine[]): string {
  return bytesArray(lines.map(({ person }) => cardIndex(cipher, person.reveal().card)))
}

function bytesArray(values: readonly (Buffer | undefined)[]): string {
  return textArray(values.map((value) => (value ? `\\x${value.toString('hex')}` : null)))
}
