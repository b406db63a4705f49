import { closePayment } from '../payments/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { changeOrder, lockOrder } from './change-order.ts'
import type { OrderRow } from './order-row.ts'
import { viewOrder } from './order-view.ts'
import { backoffMs } from './own-time.ts'
import { releaseOrder } from './release-order.ts'
import { VISITS_WORK, type VisitsRoom } from './room.ts'
import type { VisitOrder } from './visit-views.ts'
import { withOwnOrder } from './with-own-order.ts'

/** The patient does not want to pay. Whoever has paid already cancels instead. */
export async function giveUpOrder(room: VisitsRoom, session: Session, orderId: string): Promise<VisitOrder> {
  const order = await withOwnOrder(room, session, orderId, async (tx, own) => {
    if (own.state === 'closing' || own.state === 'unlocking' || own.state === 'closed') return own
    if (own.state !== 'to-pay') throw new AppError('order-wrong-step')
    return lapse(tx, room, own)
  })
  if (order.state === 'unlocking') await releaseOrder(room, session.hospitalId, order)
  return withOwnOrder(room, session, orderId, (tx, own) => viewOrder(tx, room, own))
}

/**
 * Nobody waits for it any more. Where a payment was opened WeChat has the last word, which comes as an event: only then
 * is the slot given back, for the money may be on its way.
 */
export async function lapse(tx: Tx, room: VisitsRoom, order: OrderRow): Promise<OrderRow> {
  const changed_at_ms = room.clock.nowMs()
  if (order.payment_order_id === null) {
    await room.jobs.wake(tx, VISITS_WORK)
    return (await changeOrder(tx, order, 'unpaid', { changed_at_ms })) ?? order
  }
  const next_action_at_ms = changed_at_ms + backoffMs(1)
  // First: the answer may come from within, if WeChat never heard of it.
  await changeOrder(tx, order, 'lapsed', { changed_at_ms, next_action_at_ms })
  await closePayment(tx, room, order.payment_order_id)
  return (await lockOrder(tx, order.id)) ?? order
}
