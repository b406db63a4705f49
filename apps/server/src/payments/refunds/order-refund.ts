import { addFen, type Fen, fen, MINUTE_MS, newId, SECOND_MS, subtractFen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { auditPayments } from '../audit.ts'
import { findRefundRows, lockOrder } from '../find-payments.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { Refund } from '../payment-order.ts'
import { plainText } from '../plain-text.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import { type PaymentsTables, refundOf } from '../tables.ts'

const MAX_REASON = 80
/** WeChat takes partial refunds of one order a minute apart. */
const APART_MS = MINUTE_MS + SECOND_MS
const NOTHING_LEFT = '这笔支付没有这么多可以退的金额，请到窗口办理。'

export interface RefundRequest {
  readonly paymentOrderId: string
  readonly amountFen: Fen
  /** Shown to the patient by WeChat. No personal data. */
  readonly reason: string
  /** The asking room's own; the same key asks for the same refund. */
  readonly requestKey: string
}

/**
 * Orders money of a paid order back the way it came, in the caller's transaction; the background sends it. Never more
 * than was paid: what was ordered back counts, whatever became of it. Throws `payment-refused`.
 */
export async function orderRefund(
  tx: Tx,
  { clock, jobs }: PaymentsParts,
  { paymentOrderId, amountFen, reason, requestKey }: RefundRequest,
): Promise<Refund> {
  const order = await lockOrder(tx, paymentOrderId)
  const before = await findRefundRows(tx, paymentOrderId)
  const known = before.find(({ request_key }) => request_key === requestKey)
  if (known && known.amount_fen !== amountFen)
    throw new Error(`refund ${known.id} was ordered under this key with another amount`)
  if (known) return refundOf(known)
  const leftFen = subtractFen(fen(order.amount_fen), addFen(...before.map((one) => fen(one.amount_fen))))
  if (order.state !== 'paid' || amountFen < 1 || amountFen > leftFen)
    throw new AppError('payment-refused', { zh: NOTHING_LEFT })
  const nowMs = clock.nowMs()
  const latestMs = Math.max(0, ...before.map(({ created_at_ms }) => created_at_ms))
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('refund_order')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('ref'), payment_order_id: paymentOrderId },
      ...{ request_key: requestKey, case_id: null, amount_fen: amountFen, reason: plainText(reason, MAX_REASON) },
      ...{ state: 'under-way', problem: null, account: null, created_at_ms: nowMs, done_at_ms: null },
      ...{ looks: 0, next_action_at_ms: Math.max(nowMs, latestMs + APART_MS) },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await postJournal(tx, {
    ...{ posting: `refund-ordered:${row.id}`, caseId: paymentOrderId, atMs: nowMs },
    lines: [
      { account: 'held-for-visit', amountFen: fen(-amountFen) },
      { account: 'refund-in-transit', amountFen },
    ],
  })
  await auditPayments(tx, clock, {
    ...{ action: `${order.purpose}.refund-ordered`, subject: paymentOrderId },
    detail: { refund: row.id, amountFen },
  })
  await jobs.wake(tx, PAYMENTS_WORK)
  return refundOf(row)
}
