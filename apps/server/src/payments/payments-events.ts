import type { Tx } from '../platform/database/tx.ts'
import type { PaymentOrder, PaymentPurpose, Refund } from './payment-order.ts'
import type { Transfer } from './transfers/transfer.ts'

/** What this room tells others in the transaction in which it becomes known; `app.ts` wires who listens. Each once. */
export interface PaymentsEvents extends OrderEvents {
  /** A transfer changed its state, or WeChat gave a newer way to its confirm page. */
  transferChanged(tx: Tx, transfer: Transfer): Promise<void>
}

/** Of orders, and of money that goes back the way it came. */
export interface OrderEvents {
  paid(tx: Tx, order: PaymentOrder): Promise<void>
  /** Never paid, and it can no longer be. */
  closed(tx: Tx, order: PaymentOrder): Promise<void>
  /** A refund reached `done`, `needs-person`, `not-paid` or `refused`. */
  refundSettled(tx: Tx, order: PaymentOrder, refund: Refund): Promise<void>
}

/** Each room hears of what it asked for, and of nothing else. */
export function eventsByPurpose(rooms: {
  readonly visits: OrderEvents
  readonly deposits: Pick<PaymentsEvents, 'refundSettled' | 'transferChanged'>
}): PaymentsEvents {
  const strange = (purpose: PaymentPurpose) => Promise.reject(new Error(`nothing of ${purpose} changes so`))
  return {
    paid: (tx, order) => (order.purpose === 'visits' ? rooms.visits.paid(tx, order) : strange(order.purpose)),
    closed: (tx, order) =>
      order.purpose === 'visits' ? rooms.visits.closed(tx, order) : strange(order.purpose),
    refundSettled: (tx, order, refund) => rooms[order.purpose].refundSettled(tx, order, refund),
    transferChanged: (tx, transfer) =>
      transfer.purpose === 'deposits'
        ? rooms.deposits.transferChanged(tx, transfer)
        : strange(transfer.purpose),
  }
}
