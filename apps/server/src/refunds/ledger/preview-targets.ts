import { sql } from 'kysely'
import { usersOfArchives } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'

export interface PreviewWanted {
  readonly minFen: number
  /** `yyyy-MM-dd`, not included. */
  readonly sinceBefore?: string | undefined
  /** Also those who were told before. */
  readonly again: boolean
}

export interface TargetsPreview {
  /** Whom the campaign would be about. */
  readonly targets: number
  readonly fen: number
  /** Verified users hold their archive: WeChat may reach them. */
  readonly reachable: number
  /** The others, by whether an SMS or a call can reach them. */
  readonly withPhone: number
  readonly withoutPhone: number
  /** Left out because they were told before. */
  readonly toldBefore: number
  /** Only the first so many were looked at: there are more. */
  readonly isCut: boolean
}

const PAGE = 2_000
const MOST = 40_000

/** Counts whom a campaign would be about, the same archives as gathering takes; no person is opened for it. */
export async function previewTargets(tx: Tx, wanted: PreviewWanted): Promise<TargetsPreview> {
  const sum = { targets: 0, fen: 0, reachable: 0, withPhone: 0, withoutPhone: 0, toldBefore: 0 }
  let after = ''
  for (let seen = 0; seen < MOST; seen += PAGE) {
    const rows = await pageOf(tx, wanted, after)
    const fresh = rows.filter(({ told }) => wanted.again || !told)
    sum.toldBefore += rows.length - fresh.length
    const users = await usersOfArchives(
      tx,
      fresh.map(({ patid }) => patid),
    )
    for (const { patid, fen, hasPhone } of fresh) {
      sum.targets++
      sum.fen += fen
      if (users.has(patid)) sum.reachable++
      else if (hasPhone) sum.withPhone++
      else sum.withoutPhone++
    }
    if (rows.length < PAGE) return { ...sum, isCut: false }
    after = rows.at(-1)?.patid ?? ''
  }
  return { ...sum, isCut: true }
}

interface PreviewRow {
  readonly patid: string
  readonly fen: number
  readonly told: boolean
  readonly hasPhone: boolean
}

async function pageOf(
  tx: Tx,
  { minFen, sinceBefore }: PreviewWanted,
  after: string,
): Promise<readonly PreviewRow[]> {
  const { rows } = await sql<PreviewRow>`
    SELECT patid, balance_fen AS fen, told_at_ms IS NOT NULL AS told,
      NOT (problems && ARRAY['no-phone', 'bad-phone']) AS "hasPhone"
    FROM balance_record
    WHERE hospital_id = ${tx.hospitalId} AND cleared_at_ms IS NULL AND patid > ${after} AND balance_fen >= ${minFen}
      ${sinceBefore === undefined ? sql`` : sql`AND since < ${sinceBefore}::date`}
    ORDER BY patid LIMIT ${PAGE}`.execute(tx.sql)
  return rows
}
