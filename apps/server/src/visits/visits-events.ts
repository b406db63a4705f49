import type { OrderEvents, PaymentOrder, Refund } from '../payments/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { changeOrder, lockOrder } from './change-order.ts'
import { VISITS_WORK, type VisitsParts } from './room.ts'

/** What becomes known of payments, taken over in the payments room's own transaction. */
export function visitsEvents(room: VisitsParts): OrderEvents {
  return {
    paid: (tx, payment) => takePayment(tx, room, payment),
    closed: (tx, payment) => takeClosing(tx, room, payment),
    refundSettled: (tx, payment, refund) => takeRefund(tx, room, payment, refund),
  }
}

async function takePayment(tx: Tx, room: VisitsParts, payment: PaymentOrder): Promise<void> {
  const order = await lockOrder(tx, payment.subject)
  if (order?.payment_order_id !== payment.id) return strange(room, payment, 'paid')
  // After all, too: the slot may still be kept, and the HIS says so when it is asked to book.
  const paid = await changeOrder(tx, order, 'paid', { changed_at_ms: room.clock.nowMs() })
  if (!paid) return strange(room, payment, `paid in ${order.state}`)
  await room.jobs.wake(tx, VISITS_WORK)
}

async function takeClosing(tx: Tx, room: VisitsParts, payment: PaymentOrder): Promise<void> {
  const order = await lockOrder(tx, payment.subject)
  if (order?.payment_order_id !== payment.id) return strange(room, payment, 'closed')
  if (await changeOrder(tx, order, 'unpaid', { changed_at_ms: room.clock.nowMs() }))
    await room.jobs.wake(tx, VISITS_WORK)
}

async function takeRefund(tx: Tx, room: VisitsParts, payment: PaymentOrder, refund: Refund): Promise<void> {
  // For a person to mend: the order shows it, and stays as it is until the money is back.
  if (refund.state !== 'done') return
  const order = await lockOrder(tx, payment.subject)
  if (order?.payment_order_id !== payment.id) return strange(room, payment, 'refunded')
  await changeOrder(tx, order, 'refunded', { changed_at_ms: room.clock.nowMs() })
}

function strange({ log }: VisitsParts, payment: PaymentOrder, what: string): void {
  log.error({ payment: payment.id, what }, 'what became known of a payment fits no visit')
}
