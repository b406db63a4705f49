import { asLocked, type Locked, type Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { CaseRow, LegRow, RefundsTables } from '../tables.ts'

/** A leg with the case that it belongs to. */
export interface LegOfCase {
  readonly leg: LegRow
  readonly of: CaseRow
}

export async function findLeg(tx: Tx, legId: string): Promise<LegRow | undefined> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', legId)
    .executeTakeFirst()
}

/** For what a person asked for: throws `not-found` for an id that this hospital does not have. */
export async function requireLeg(tx: Tx, legId: string): Promise<LegRow> {
  const leg = await findLeg(tx, legId)
  if (!leg) throw new AppError('not-found', { zh: '没有这笔退款，请返回列表重新选择。' })
  return leg
}

/** Locked: nobody else changes it before the caller's transaction ends. */
export async function lockLeg(tx: Tx, legId: string): Promise<Locked<LegRow>> {
  const leg = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', legId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new Error(`no leg ${legId}`))
  return asLocked(leg)
}

/** The leg that a transfer or refund of the payments room pays, locked, and its case. */
export async function lockLegOfPayout(
  tx: Tx,
  payoutId: string,
): Promise<{ readonly leg: Locked<LegRow>; readonly of: CaseRow } | undefined> {
  const tables = tx.sql.withTables<RefundsTables>()
  const leg = tables
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payout_id', '=', payoutId)
    .forUpdate()
    .executeTakeFirst()
  const of = tables
    .selectFrom('refund_case')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('refund_leg')
        .select('case_id')
        .where('hospital_id', '=', tx.hospitalId)
        .where('payout_id', '=', payoutId),
    )
    .executeTakeFirst()
  const [found, itsCase] = await Promise.all([leg, of])
  return found && itsCase && { leg: asLocked(found), of: itsCase }
}

export function findCase(tx: Tx, caseId: string): Promise<CaseRow | undefined> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', caseId)
    .executeTakeFirst()
}

export async function caseOf(tx: Tx, { case_id }: Pick<LegRow, 'case_id'>): Promise<CaseRow> {
  const found = await findCase(tx, case_id)
  if (!found) throw new Error(`no case ${case_id}`)
  return found
}

/** Of each case in the order in which they were made. */
export function legsOf(tx: Tx, caseIds: readonly string[]): Promise<LegRow[]> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('case_id')
    .orderBy('place')
    .execute()
}
