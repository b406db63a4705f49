import { fen } from '@zhangyi/core'
import type { z } from 'zod'
import { createPaymentOrder, findPayment, openPayment } from '../payments/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { changeOrder } from './change-order.ts'
import type { OrderRow, VisitsTables } from './order-row.ts'
import { postOrder } from './post-order.ts'
import { VISITS_WORK, type VisitsRoom } from './room.ts'
import type { paymentSchema } from './visit-views.ts'
import { withOwnOrder } from './with-own-order.ts'

// 预约挂号 and the like: WeChat shows it on the bill. Longer names are cut, its field holds 127 bytes.
const MAX_DESCRIPTION = 40
const NOTHING_TO_PAY = { payment: null, cashierUrl: null }

/** What the cashier needs, once for each order however often it is asked. What costs nothing is booked at once. */
export async function openOrderPayment(
  room: VisitsRoom,
  session: Session,
  orderId: string,
): Promise<z.output<typeof paymentSchema>> {
  const { order, paymentOrderId } = await withOwnOrder(room, session, orderId, async (tx, own) => {
    if (own.state === 'paid' || own.state === 'posting' || own.state === 'done')
      return { order: own, paymentOrderId: undefined }
    requirePayable(own, room.clock.nowMs())
    return own.fee_fen === 0
      ? { order: await goOnFree(tx, room, own), paymentOrderId: undefined }
      : { order: own, paymentOrderId: await paymentOf(tx, room, session, own) }
  })
  if (paymentOrderId !== undefined) return openPayment(room, session.hospitalId, paymentOrderId)
  if (order.state === 'paid') await postOrder(room, session.hospitalId, order.id)
  return NOTHING_TO_PAY
}

function requirePayable({ state, expires_at_ms }: OrderRow, nowMs: number): void {
  if (state !== 'to-pay') throw new AppError('order-wrong-step')
  if (expires_at_ms !== null && nowMs >= expires_at_ms) throw new AppError('order-expired')
}

async function goOnFree(tx: Tx, room: VisitsRoom, order: OrderRow): Promise<OrderRow> {
  const free = await changeOrder(tx, order, 'free', { changed_at_ms: room.clock.nowMs() })
  await room.jobs.wake(tx, VISITS_WORK)
  return free ?? order
}

async function paymentOf(tx: Tx, room: VisitsRoom, session: Session, order: OrderRow): Promise<string> {
  if (order.payment_order_id !== null) {
    const payment = await findPayment(tx, order.payment_order_id)
    // WeChat takes money only from the one for whom the payment was made: the same person has another openid elsewhere.
    if (payment && (payment.appid !== session.appid || payment.openid !== session.openid))
      throw new AppError('order-wrong-step', { zh: '请在下单时用的那个微信入口付款，或放弃后重新下单。' })
    return order.payment_order_id
  }
  const payment = await createPaymentOrder(tx, room, {
    ...{ purpose: 'visits', subject: order.id, userId: session.userId },
    ...{ appid: session.appid, openid: session.openid, channel: session.channel },
    description: `${hospitalOf(room, session).name} ${TITLES[order.kind]}`.slice(-MAX_DESCRIPTION),
    amountFen: fen(order.fee_fen),
    expiresAtMs: order.expires_at_ms ?? room.clock.nowMs(),
  })
  await tx.sql
    .withTables<VisitsTables>()
    .updateTable('visit_order')
    .set({ payment_order_id: payment.id })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', order.id)
    .execute()
  return payment.id
}

const TITLES: Readonly<Record<OrderRow['kind'], string>> = {
  appointment: '预约挂号',
  'same-day': '当日挂号',
  'outpatient-fee': '门诊缴费',
}
