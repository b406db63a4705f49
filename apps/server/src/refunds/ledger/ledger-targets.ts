import type { Sensitive } from '@zhangyi/core'
import { sql } from 'kysely'
import { usersOfArchives } from '../../patients/index.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { type BalancePerson, openPerson } from './sealed-person.ts'
import { BALANCE_COLUMNS, type BalanceRow } from './tables.ts'

export interface TargetsWanted {
  readonly minFen: number
  /** `yyyy-MM-dd`, not included; without it a balance of any age, also of an unknown one. */
  readonly sinceBefore?: string | undefined
}

export interface LedgerTarget {
  readonly patid: string
  readonly balanceFen: number
  readonly since: string | null
  readonly toldAtMs: number | null
  readonly person: Sensitive<BalancePerson>
  /** Who hold this patient, verified; empty: to be reached by SMS or phone only. */
  readonly userIds: readonly string[]
}

export interface TargetPage {
  /** The last patid of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Whom a campaign is about, by patid, so that it can go on where it was; null after the last page. */
export async function ledgerTargets(
  tx: Tx,
  cipher: Cipher,
  { minFen, sinceBefore }: TargetsWanted,
  { after = '', limit }: TargetPage,
): Promise<{ readonly targets: readonly LedgerTarget[]; readonly next: string | null }> {
  const { rows } = await sql<BalanceRow>`
    SELECT ${BALANCE_COLUMNS} FROM balance_record
    WHERE hospital_id = ${tx.hospitalId} AND cleared_at_ms IS NULL AND patid > ${after} AND balance_fen >= ${minFen}
      ${sinceBefore === undefined ? sql`` : sql`AND since < ${sinceBefore}::date`}
    ORDER BY patid LIMIT ${limit}`.execute(tx.sql)
  const users = await usersOfArchives(
    tx,
    rows.map(({ patid }) => patid),
  )
  const targets = rows.map((row) => ({
    ...{ patid: row.patid, balanceFen: row.balance_fen, since: row.since, toldAtMs: row.told_at_ms },
    ...{ person: openPerson(cipher, row.person), userIds: users.get(row.patid) ?? [] },
  }))
  return { targets, next: rows.length === limit ? (rows.at(-1)?.patid ?? null) : null }
}
