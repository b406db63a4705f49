import { fen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { auditPayments } from '../audit.ts'
import { findRefundRow } from '../find-payments.ts'
import type { Refund } from '../payment-order.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import { type RefundRow, refundOf } from '../tables.ts'
import { changeRefund, type HeldRefund, holdRefund } from './held-refund.ts'
import { leftOf } from './may-be-paid.ts'
import { NOTHING_LEFT } from './order-refund.ts'
import { requireOriginalRoute } from './require-original-route.ts'

const NOT_SO = '这笔退款现在不能重新发起：要先由查询确认没有退成。'

/**
 * A deposit's refund that by query is unpaid goes on: from `not-paid` under another number, from `refused` under the same
 * one with freshly prepared bytes, because nothing exists under it. From `needs-person` only where nobody could say for
 * long, with the same bytes again. Throws `payment-refused`, also where the amount was ordered back otherwise meanwhile.
 */
export async function retryRefund(tx: Tx, room: PaymentsParts, refundId: string): Promise<Refund> {
  const { payment_order_id } = await findRefundRow(tx, refundId)
  const held = await holdRefund(tx, payment_order_id, refundId)
  const { order, refund } = held
  if (refund.state === 'under-way') return refundOf(refund)
  if (order.purpose !== 'deposits' || !mayGoOn(refund)) throw new AppError('payment-refused', { zh: NOT_SO })
  // While it was unpaid its amount counted for nothing.
  if (refund.state !== 'needs-person') await requireLeft(tx, room, held)
  const ready = { problem: null, looks: 0, next_action_at_ms: room.clock.nowMs() }
  const after = { state: 'under-way', ...ready } as const
  await changeRefund(tx, refund, after)
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-retried`, subject: order.id },
    detail: { refund: refund.id, from: refund.state, problem: refund.problem ?? '' },
  })
  await room.jobs.wake(tx, PAYMENTS_WORK)
  return refundOf({ ...refund, ...after })
}

function mayGoOn({ state, problem }: RefundRow): boolean {
  if (state === 'needs-person') return problem === 'unsettled' || problem === 'other-merchant'
  return state === 'not-paid' || state === 'refused'
}

async function requireLeft(tx: Tx, room: PaymentsParts, { order, refund, all }: HeldRefund): Promise<void> {
  if (fen(refund.amount_fen) > leftOf(order, all)) throw new AppError('payment-refused', { zh: NOTHING_LEFT })
  await requireOriginalRoute(tx, room, order)
}
