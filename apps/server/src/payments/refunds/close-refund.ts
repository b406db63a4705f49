import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { auditPayments } from '../audit.ts'
import { findRefundRow } from '../find-payments.ts'
import type { Refund } from '../payment-order.ts'
import type { PaymentsParts } from '../room.ts'
import { refundOf } from '../tables.ts'
import { changeRefund, holdRefund } from './held-refund.ts'

const NOT_SO = '这笔退款现在不能放弃：要先由查询确认没有退成。'

/**
 * Gives up a deposit's refund that by query is unpaid. An end: its amount may be asked for again, by this way or another.
 * The caller releases or moves what it holds for it; no event tells the caller what it did itself. Throws
 * `payment-refused`.
 */
export async function closeRefund(
  tx: Tx,
  { clock }: Pick<PaymentsParts, 'clock'>,
  refundId: string,
): Promise<Refund> {
  const { payment_order_id } = await findRefundRow(tx, refundId)
  const { order, refund } = await holdRefund(tx, payment_order_id, refundId)
  if (refund.state === 'closed') return refundOf(refund)
  if (refund.state !== 'not-paid' && refund.state !== 'refused')
    throw new AppError('payment-refused', { zh: NOT_SO })
  const after = { state: 'closed', next_action_at_ms: null } as const
  await changeRefund(tx, refund, after)
  auditPayments(tx, clock, {
    ...{ action: `${order.purpose}.refund-given-up`, subject: order.id },
    detail: { refund: refund.id, from: refund.state, problem: refund.problem ?? '' },
  })
  return refundOf({ ...refund, ...after })
}
