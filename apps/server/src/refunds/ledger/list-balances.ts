import { type HospitalId, shanghaiDay } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { type BalanceView, balanceView } from './balance-view.ts'
import { normalDocument } from './judge-person.ts'
import type { BalanceProblem } from './problems.ts'
import { cardIndex, idIndex, openPerson } from './sealed-person.ts'
import { BALANCE_COLUMNS, type BalanceRow } from './tables.ts'

export const BALANCE_STATES = ['open', 'untold', 'told', 'refunded', 'cleared'] as const

/** What is left out does not matter. */
export interface BalanceFilter {
  readonly state?: (typeof BALANCE_STATES)[number] | undefined
  readonly minFen?: number | undefined
  /** `yyyy-MM-dd`, not included. */
  readonly sinceBefore?: string | undefined
  readonly problem?: BalanceProblem | undefined
  /** With a problem of whatever kind. */
  readonly toClean?: boolean | undefined
  readonly patid?: string | undefined
  readonly idNumber?: string | undefined
  readonly card?: string | undefined
}

/** The last row of the page before. */
export interface BalanceCursor {
  readonly balanceFen: number
  readonly patid: string
}

export interface BalancePage {
  readonly after?: BalanceCursor | undefined
  readonly limit: number
}

/** The largest first. */
export async function listBalances(
  tx: Tx,
  cipher: Cipher,
  filter: BalanceFilter,
  page: BalancePage,
  nowMs: number,
): Promise<readonly BalanceView[]> {
  const { rows } = await balancesQuery(tx.hospitalId, cipher, filter, page, nowMs).execute(tx.sql)
  return rows.map((row) => balanceView(row, openPerson(cipher, row.person)))
}

export function balancesQuery(
  hospitalId: HospitalId,
  cipher: Cipher,
  filter: BalanceFilter,
  { after, limit }: BalancePage,
  nowMs: number,
): RawBuilder<BalanceRow> {
  const where = conditionsOf(cipher, filter, nowMs)
  // As the indexes have it: one comparison finds where a page begins.
  if (after) where.push(sql`(-balance_fen, patid) > (${-after.balanceFen}::bigint, ${after.patid}::text)`)
  return sql<BalanceRow>`
    SELECT ${BALANCE_COLUMNS} FROM balance_record
    WHERE hospital_id = ${hospitalId} AND ${sql.join([sql`true`, ...where], sql` AND `)}
    ORDER BY -balance_fen, patid LIMIT ${limit}`
}

/** What is open and has to be cleaned before the patient can be reached or paid. */
export function cleaningList(
  tx: Tx,
  cipher: Cipher,
  page: BalancePage,
  nowMs: number,
  problem?: BalanceProblem,
): Promise<readonly BalanceView[]> {
  return listBalances(tx, cipher, { state: 'open', toClean: true, problem }, page, nowMs)
}

function conditionsOf(
  cipher: Cipher,
  { state, minFen, sinceBefore, problem, toClean, patid, idNumber, card }: BalanceFilter,
  nowMs: number,
): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = state === undefined ? [] : [STATES[state]]
  if (minFen !== undefined) where.push(sql`balance_fen >= ${minFen}`)
  if (sinceBefore !== undefined) where.push(sql`since < ${sinceBefore}::date`)
  if (problem !== undefined) where.push(sql`${problem} = ANY (problems)`)
  if (toClean) where.push(sql`problems <> '{}'`)
  if (patid !== undefined) where.push(sql`patid = ${patid}`)
  if (card !== undefined) where.push(sql`card_index = ${cardIndex(cipher, card.replace(/\s/g, '')) ?? null}`)
  if (idNumber !== undefined) {
    // A wrong number is found as it was filed.
    const normal = normalDocument(idNumber, shanghaiDay(nowMs))
    where.push(sql`id_index = ${idIndex(cipher, normal.ok ? normal.value : idNumber.trim()) ?? null}`)
  }
  return where
}

const STATES = {
  open: sql`cleared_at_ms IS NULL`,
  untold: sql`cleared_at_ms IS NULL AND told_at_ms IS NULL`,
  told: sql`cleared_at_ms IS NULL AND told_at_ms IS NOT NULL`,
  refunded: sql`refunded_fen > 0`,
  cleared: sql`cleared_at_ms IS NOT NULL`,
} as const
