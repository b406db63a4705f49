import type { Tx } from '../../platform/database/tx.ts'
import type { Purpose } from '../purposes.ts'
import { type Grant, type GrantSubject, type GrantTables, grantOf } from './grant.ts'
import { judgeGrant } from './judge-grant.ts'

export interface Consumption {
  readonly userId: string
  readonly subject: GrantSubject
  readonly purpose: Purpose
  /** What it is spent on; the same case may ask again and is told yes. */
  readonly caseId: string
  readonly nowMs: number
}

/**
 * Spends a grant in the transaction that makes the case: compare-and-set, so that of two cases one gets it. Undefined:
 * it is not there, not for this, over, or spent on another case; then the caller makes no case.
 */
export async function consumeGrant(
  tx: Tx,
  grantId: string,
  { userId, subject, purpose, caseId, nowMs }: Consumption,
): Promise<Grant | undefined> {
  const grants = tx.sql.withTables<GrantTables>()
  const row = await grants
    .selectFrom('verification_grant')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', grantId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const grant = grantOf(row)
  const wanted = { userId, subject, purpose, act: 'change' } as const
  if (grant.spentOn === caseId && !judgeGrant({ ...grant, spentOn: undefined }, wanted, nowMs)) return grant
  if (judgeGrant(grant, wanted, nowMs)) return undefined
  const spent = await grants
    .updateTable('verification_grant')
    .set({ spent_at_ms: nowMs, spent_on: caseId })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', grantId)
    .where('spent_at_ms', 'is', null)
    .where('voided_at_ms', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return spent && grantOf(spent)
}
