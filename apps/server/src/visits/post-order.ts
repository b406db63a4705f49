import { fen, type HospitalId, type Outcome, unknown } from '@zhangyi/core'
import type { BookingRequest, FeePostingRequest, PaymentProof } from '@zhangyi/his'
import { findPayment } from '../payments/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { stopwatch } from '../platform/stopwatch.ts'
import { changeOrder, lockOrder } from './change-order.ts'
import {
  type HisAnswer,
  type HisQuestion,
  type OrderRow,
  openContent,
  openQuestion,
  requestKey,
  sealQuestion,
} from './order-row.ts'
import { LEASE_MS, SEND_WITHIN_MS } from './own-time.ts'
import { queryPosting } from './query-posting.ts'
import { appointmentsOf, feesOf, type VisitsRoom } from './room.ts'
import { settlePosting } from './settle-posting.ts'

/**
 * Books or posts what is paid: asked once in its life, by whoever comes first. The question stands before it is sent;
 * whatever became of it, from then on the HIS is only queried.
 */
export async function postOrder(room: VisitsRoom, hospitalId: HospitalId, orderId: string): Promise<void> {
  const elapsedMs = stopwatch()
  const order = await room.database.inTransaction(hospitalId, (tx) => intend(tx, room, orderId))
  if (!order) return
  const asked = elapsedMs() < SEND_WITHIN_MS ? await ask(room, hospitalId, order) : unknown('too-late-to-ask')
  // The HIS knows the key, or has something like it: what became of ours only a query tells.
  const outcome = isToQuery(asked) ? await queryPosting(room, hospitalId, order) : asked
  await room.database.inTransaction(hospitalId, (tx) => settlePosting(tx, room, order, outcome))
}

async function intend(tx: Tx, room: VisitsRoom, orderId: string): Promise<OrderRow | undefined> {
  const order = await lockOrder(tx, orderId)
  if (order?.state !== 'paid') return undefined
  const nowMs = room.clock.nowMs()
  const question = questionOf(room, order, await proofOf(tx, order))
  return changeOrder(tx, order, 'asked', {
    ...{ question: sealQuestion(room.cipher, question), asked_at_ms: nowMs },
    ...{ changed_at_ms: nowMs, next_action_at_ms: nowMs + LEASE_MS },
  })
}

function questionOf({ cipher }: VisitsRoom, order: OrderRow, payment: PaymentProof | undefined): HisQuestion {
  const { patid } = order
  if (order.kind !== 'outpatient-fee') return { lockId: order.lock_id ?? '', patid, payment }
  if (!payment) throw new Error('bills without a payment')
  return { patid, billIds: openContent(cipher, order).bills?.billIds ?? [], payment }
}

/** Only what was queried as paid: an order becomes `paid` by the payments room's word, or is free. */
async function proofOf(tx: Tx, order: OrderRow): Promise<PaymentProof | undefined> {
  if (order.fee_fen === 0) return undefined
  const payment = await findPayment(tx, order.payment_order_id ?? '')
  if (payment?.state !== 'paid' || payment.amountFen !== order.fee_fen)
    throw new Error('an order is to be posted whose payment is not what it costs')
  const { outTradeNo, transactionId = '', paidAtMs = order.changed_at_ms } = payment
  return {
    ...{ paymentNumber: outTradeNo, channelNumber: transactionId, amount: fen(order.fee_fen) },
    paidAt: new Date(paidAtMs).toISOString(),
  }
}

function ask(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<Outcome<HisAnswer>> {
  const key = requestKey(order, 'book')
  return order.kind === 'outpatient-fee'
    ? feesOf(room, { hospitalId }).post(openQuestion<FeePostingRequest>(room.cipher, order), key)
    : appointmentsOf(room, { hospitalId }).book(openQuestion<BookingRequest>(room.cipher, order), key)
}

function isToQuery(outcome: Outcome<HisAnswer>): boolean {
  return (
    outcome.kind === 'unknown' ||
    (outcome.kind === 'no' && (outcome.code === 'duplicate' || outcome.code === 'key-reused'))
  )
}
