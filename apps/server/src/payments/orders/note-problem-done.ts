import type { Clock } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsTables } from '../tables.ts'

/**
 * A person dealt with this very problem of a payment; nothing else about it changes. False: it is another one by now, or
 * somebody was faster. What WeChat says later, and is something else, is for a person again.
 */
export async function noteProblemDone(
  tx: Tx,
  clock: Clock,
  { orderId, problem }: { readonly orderId: string; readonly problem: string },
): Promise<boolean> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set({ problem_done_at_ms: clock.nowMs() })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .where('problem', '=', problem)
    .where('problem_done_at_ms', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
