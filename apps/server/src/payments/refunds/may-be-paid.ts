import { addFen, type Fen, fen, subtractFen } from '@zhangyi/core'
import type { RefundState } from '../payment-order.ts'
import type { OrderRow, RefundRow } from '../tables.ts'

/** Refunds whose money went back, or may yet. All others are unpaid by query and cannot be paid without a person. */
export const MAY_BE_PAID: readonly RefundState[] = ['under-way', 'done', 'needs-person']

/** What of an order was not ordered back, by us or by others before us. Never below nought. */
export function leftOf(order: OrderRow, refunds: readonly RefundRow[]): Fen {
  const paid = refunds.filter(({ state }) => MAY_BE_PAID.includes(state))
  const backFen = addFen(fen(order.refunded_before_fen), ...paid.map((one) => fen(one.amount_fen)))
  // An import may learn of another system's refund after ours was ordered: then both together are more than was paid.
  return fen(Math.max(0, subtractFen(fen(order.amount_fen), backFen)))
}
