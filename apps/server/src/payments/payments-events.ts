import type { Tx } from '../platform/database/tx.ts'
import type { PaymentOrder, Refund } from './payment-order.ts'

/** What this room tells others in the transaction in which it becomes known; `app.ts` wires who listens. Each once. */
export interface PaymentsEvents {
  paid(tx: Tx, order: PaymentOrder): Promise<void>
  /** Never paid, and it can no longer be. */
  closed(tx: Tx, order: PaymentOrder): Promise<void>
  /** A refund reached `done` or `needs-person`. */
  refundSettled(tx: Tx, order: PaymentOrder, refund: Refund): Promise<void>
}
