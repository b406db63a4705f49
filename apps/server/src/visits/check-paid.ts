import { settlePayment } from '../payments/index.ts'
import type { Session } from '../platform/sessions/session.ts'
import { viewOrder } from './order-view.ts'
import { postOrder } from './post-order.ts'
import type { VisitsRoom } from './room.ts'
import type { VisitOrder } from './visit-views.ts'
import { withOwnOrder } from './with-own-order.ts'

/**
 * The page is back from the cashier, which proves nothing: WeChat is asked now, and what is paid is booked at once.
 * Neither that WeChat nor that the HIS is silent is an error here; the order says how it stands.
 */
export async function checkPaid(room: VisitsRoom, session: Session, orderId: string): Promise<VisitOrder> {
  const { hospitalId } = session
  const order = await withOwnOrder(room, session, orderId, async (_tx, own) => own)
  const waits = order.state === 'to-pay' || order.state === 'closing'
  if (waits && order.payment_order_id !== null)
    await settlePayment(room, hospitalId, order.payment_order_id).catch((error: Error) =>
      room.log.warn({ order: order.id, error: error.name }, 'WeChat could not be asked for a payment'),
    )
  await postOrder(room, hospitalId, orderId)
  return withOwnOrder(room, session, orderId, (tx, own) => viewOrder(tx, room, own))
}
