import { type Fen, fen, newId } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { auditPayments } from '../audit.ts'
import { findRefundRows, lockOrder } from '../find-payments.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { Refund } from '../payment-order.ts'
import { plainText } from '../plain-text.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import { type PaymentsTables, refundOf } from '../tables.ts'
import { leftOf } from './may-be-paid.ts'
import { APART_MS } from './may-leave.ts'
import { requireOriginalRoute } from './require-original-route.ts'

const MAX_REASON = 80
export const NOTHING_LEFT = '这笔支付没有这么多可以退的金额，请到窗口办理。'

export interface RefundRequest {
  readonly paymentOrderId: string
  readonly amountFen: Fen
  /** Shown to the patient by WeChat. No personal data. */
  readonly reason: string
  /** The asking room's own; the same key asks for the same refund. */
  readonly requestKey: string
  /** Of a deposit: the refund case, under which what goes back was posted as in transit. */
  readonly caseId?: string | undefined
}

/**
 * Orders money of a paid order back the way it came, in the caller's transaction; the background sends it. Never more
 * than was paid: what was ordered back counts, unless it is unpaid by query. Throws `payment-refused`.
 */
export async function orderRefund(
  tx: Tx,
  { clock, jobs, hospitals }: PaymentsParts,
  { paymentOrderId, amountFen, reason, requestKey, caseId }: RefundRequest,
): Promise<Refund> {
  const order = await lockOrder(tx, paymentOrderId)
  const before = await findRefundRows(tx, paymentOrderId)
  const known = before.find(({ request_key }) => request_key === requestKey)
  if (known && known.amount_fen !== amountFen)
    throw new Error(`refund ${known.id} was ordered under this key with another amount`)
  if (known) return refundOf(known)
  if (order.state !== 'paid' || amountFen < 1 || amountFen > leftOf(order, before))
    throw new AppError('payment-refused', { zh: NOTHING_LEFT })
  const isDeposit = order.purpose === 'deposits'
  if (isDeposit !== (caseId !== undefined))
    throw new Error('a refund case belongs to deposits, and to no other')
  if (isDeposit) await requireOriginalRoute(tx, { clock, hospitals }, order)
  const nowMs = clock.nowMs()
  const latestMs = Math.max(0, ...before.map(({ created_at_ms }) => created_at_ms))
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('refund_order')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('ref'), payment_order_id: paymentOrderId },
      ...{
        request_key: requestKey,
        case_id: caseId ?? null,
        amount_fen: amountFen,
        reason: plainText(reason, MAX_REASON),
      },
      ...{
        state: 'under-way',
        problem: null,
        contradiction: null,
        problem_done_at_ms: null,
        account: null,
        paid_number: null,
        created_at_ms: nowMs,
        done_at_ms: null,
      },
      ...{ looks: 0, next_action_at_ms: Math.max(nowMs, latestMs + APART_MS) },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // A deposit is put in transit by the refunds room, when the HIS holds it.
  if (!isDeposit)
    postJournal(tx, {
      ...{ posting: `refund-ordered:${row.id}`, caseId: paymentOrderId, atMs: nowMs },
      lines: [
        { account: 'held-for-visit', amountFen: fen(-amountFen) },
        { account: 'refund-in-transit', amountFen },
      ],
    })
  auditPayments(tx, clock, {
    ...{ action: `${order.purpose}.refund-ordered`, subject: paymentOrderId },
    detail: { refund: row.id, amountFen },
  })
  await jobs.wake(tx, PAYMENTS_WORK)
  return refundOf(row)
}
