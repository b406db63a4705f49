import { findPayoutByNumber } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { findCase, findLeg } from '../legs/find-leg.ts'
import type { RefundsTables } from '../tables.ts'

/** The case of one of our numbers: its own id, a leg's, 商户单号 or 商户退款单号, the newest or an older one. */
export async function findCaseId(tx: Tx, number: string): Promise<string | undefined> {
  const own = await findCase(tx, number)
  if (own) return own.id
  const leg = await findLeg(tx, number)
  if (leg) return leg.case_id
  const payoutId = await findPayoutByNumber(tx, number)
  if (payoutId === undefined) return undefined
  const paid = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .select('case_id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('payout_id', '=', payoutId)
    .executeTakeFirst()
  return paid?.case_id
}
