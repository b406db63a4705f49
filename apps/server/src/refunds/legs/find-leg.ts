import type { Tx } from '../../platform/database/tx.ts'
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

/** Locked: nobody else changes it before the caller's transaction ends. */
export function lockLeg(tx: Tx, legId: string): Promise<LegRow> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', legId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new Error(`no leg ${legId}`))
}

/** The leg that a transfer or refund of the payments room pays. */
export function lockLegOfPayout(tx: Tx, payoutId: string): Promise<LegRow | undefined> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payout_id', '=', payoutId)
    .forUpdate()
    .executeTakeFirst()
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
