import { findRechargeOrder } from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import type { CaseRow, RefundsTables } from '../../tables.ts'
import { findCaseId } from '../find-case-id.ts'

/** WeChat takes fifty refunds of one recharge. */
const MOST = 50

/**
 * The cases of one number, newest first: of the case or of one of its sums, 商户单号 or 商户退款单号, WeChat's number of a transfer,
 * or the order number of a recharge that was refunded.
 */
export async function findByNumber(tx: Tx, number: string): Promise<readonly CaseRow[]> {
  const own = await findCaseId(tx, number)
  const ids = own === undefined ? await casesOfRecharge(tx, number) : [own]
  if (ids.length === 0) return []
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', 'in', [...ids])
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

async function casesOfRecharge(tx: Tx, number: string): Promise<readonly string[]> {
  const orderId = await findRechargeOrder(tx, number)
  if (orderId === undefined) return []
  const rows = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg')
    .select('case_id')
    .distinct()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payment_order_id', '=', orderId)
    .limit(MOST)
    .execute()
  return rows.map(({ case_id }) => case_id)
}
