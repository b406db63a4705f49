import { fen, HOUR_MS, type HospitalId, MINUTE_MS } from '@zhangyi/core'
import type { SentResult } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { findAttempts, storeAttempt } from '../attempts/attempts.ts'
import { countSending, sendCounted } from '../attempts/send-attempt.ts'
import { pauseAfter, WHILE_OPEN_MS } from '../back-off.ts'
import { lockOrder } from '../find-payments.ts'
import { type Merchant, merchantOf, notifyUrlOf } from '../merchant.ts'
import type { OpenedPayment, PaymentsRoom } from '../room.ts'
import type { AttemptRow, OrderRow, PaymentsTables } from '../tables.ts'
import { openCashier } from './open-cashier.ts'
import { isOver } from './order-times.ts'
import { settlePayment } from './settle-payment.ts'

// A prepay id lives two hours; the patient needs some of them at the cashier.
const FRESH_MS = 2 * HOUR_MS - 10 * MINUTE_MS

const PAID = '这笔费用已经支付，请不要重复支付。'

/**
 * What the app needs to open WeChat's cashier: a prepay id that is still good, or one that WeChat is asked for now.
 * Throws `payment-closed`, `payment-refused`, and `payment-unavailable` where nobody can say what WeChat did: the next
 * call sends the same bytes again, under the same number.
 */
export async function openPayment(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  orderId: string,
): Promise<OpenedPayment> {
  const merchant = merchantOf(room, hospitalId)
  const { row, attempt } = await room.database.inTransaction(hospitalId, (tx) =>
    beginOpening(tx, room, merchant, orderId),
  )
  if (!attempt) return openCashier(room, merchant, row)
  const { client } = merchant
  const result = await sendCounted(room, hospitalId, attempt, 'jsapi-prepay', client.sendJsapiOrder)
  if (result.kind !== 'yes') return refuse(room, hospitalId, orderId, result)
  const { prepayId } = result.value
  const opened = await room.database.inTransaction(hospitalId, (tx) =>
    keepPrepayId(tx, room, orderId, prepayId),
  )
  return openCashier(room, merchant, opened)
}

async function beginOpening(
  tx: Tx,
  room: PaymentsRoom,
  { client, hospital }: Merchant,
  orderId: string,
): Promise<{ readonly row: OrderRow; readonly attempt?: AttemptRow }> {
  const row = await lockOrder(tx, orderId)
  const nowMs = room.clock.nowMs()
  requireOpen(row, nowMs)
  if (row.prepay_id !== null && nowMs < (row.prepaid_at_ms ?? 0) + FRESH_MS) return { row }
  const attempts = await findAttempts(tx, orderId)
  const known = attempts.find(({ endpoint }) => endpoint === 'jsapi-prepay')
  const attempt = known ?? storeAttempt(tx, room, { of: { orderId }, prepared: prepare() })
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set({ looks: 0, next_action_at_ms: Math.min(nowMs + pauseAfter(1, WHILE_OPEN_MS), row.expires_at_ms) })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .execute()
  // Counted while the order is held: who closes it sees that something may be on its way.
  return { row, attempt: await countSending(tx, room.clock, attempt) }

  function prepare() {
    const { appid, openid } = row
    if (appid === null || openid === null) throw new Error('a payment order without a payer')
    try {
      return client.prepareJsapiOrder({
        ...{ appid, openid, outTradeNo: row.out_trade_no },
        ...{ description: row.description, totalFen: fen(row.amount_fen), expiresAtMs: row.expires_at_ms },
        notifyUrl: notifyUrlOf(room, hospital),
      })
    } catch (cause) {
      throw new AppError('payment-unavailable', { cause })
    }
  }
}

async function keepPrepayId(
  tx: Tx,
  { clock }: PaymentsRoom,
  orderId: string,
  prepayId: string,
): Promise<OrderRow> {
  const row = await lockOrder(tx, orderId)
  // Given up, paid or closed while WeChat was asked.
  requireOpen(row, clock.nowMs())
  return tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set({ prepay_id: prepayId, prepaid_at_ms: clock.nowMs() })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function requireOpen(row: OrderRow, nowMs: number): void {
  if (row.state === 'paid') throw new AppError('payment-refused', { zh: PAID })
  if (row.state === 'closed' || isOver(row, nowMs)) throw new AppError('payment-closed')
  if (row.problem !== null) throw new AppError('payment-refused')
}

/** No prepay id. A number that WeChat knows as ended is asked for, so that the patient hears what it is. */
async function refuse(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  orderId: string,
  { kind, call }: SentResult<unknown>,
): Promise<never> {
  const { code, requestId } = call
  room.log.error({ order: orderId, code, requestId }, 'WeChat Pay gave no prepay id')
  if (call.class === 'conflict') {
    const { state } = await settlePayment(room, hospitalId, orderId)
    if (state === 'paid') throw new AppError('payment-refused', { zh: PAID })
    if (state === 'closed') throw new AppError('payment-closed')
  }
  throw new AppError(kind === 'no' && !call.channelFault ? 'payment-refused' : 'payment-unavailable')
}
