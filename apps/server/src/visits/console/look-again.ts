import type { HospitalId } from '@zhangyi/core'
import {
  findPayment,
  findRefunds,
  type PaymentOrder,
  type Refund,
  settlePayment,
  settleRefundNow,
} from '../../payments/index.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { lookAtAppointment } from '../cancel-order.ts'
import { lockOrder } from '../change-order.ts'
import type { OrderRow } from '../order-row.ts'
import { LEASE_MS } from '../own-time.ts'
import { queryPosting } from '../query-posting.ts'
import type { VisitsRoom } from '../room.ts'
import { settleCancel } from '../settle-cancel.ts'
import { settlePosting } from '../settle-posting.ts'

/**
 * Asks WeChat or the HIS once more what became of an order, because a person wants to know now, and stores the answer as
 * the background does. Nothing is ever asked for anew here: no payment, no booking, no cancellation, no refund.
 */
export async function lookAgainAt(
  room: VisitsRoom,
  hospitalId: HospitalId,
  operator: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  const nowMs = room.clock.nowMs()
  const { order, payment, refunds } = await room.database.inTransaction(hospitalId, async (tx) => {
    const row = await lockOrder(tx, id)
    if (!row) throw notFound()
    const paid = row.payment_order_id === null ? undefined : await findPayment(tx, row.payment_order_id)
    const back = paid ? await findRefunds(tx, paid.id) : []
    if (!isToLookAt(row, paid, back, nowMs)) throw nothingToAsk(row)
    recordAudit(tx, {
      ...{ atMs: nowMs, actor: `operator:${operator}`, action: 'visits.looked', subject: row.id },
      ...{ traceId: currentTraceId(), detail: { state: row.state, reason } },
    })
    return { order: row, payment: paid, refunds: back }
  })
  if (isOpen(payment)) await settlePayment(room, hospitalId, payment.id)
  for (const refund of refunds.filter(isUnfinished)) await settleRefundNow(room, hospitalId, refund.id)
  if (order.state === 'posting') await lookAtPosting(room, hospitalId, order)
  if (order.state === 'cancelling') await lookAtCancel(room, hospitalId, order)
}

/** Whether somebody can be asked, and nobody is just being asked. */
export function isToLookAt(
  { state, asked_at_ms }: OrderRow,
  payment: PaymentOrder | undefined,
  refunds: readonly Refund[],
  nowMs: number,
): boolean {
  if (isOpen(payment) || refunds.some(isUnfinished) || state === 'cancelling') return true
  // The question may still be on its way to the HIS, which would deny it: as long as the background does, a person waits.
  return state === 'posting' && nowMs - (asked_at_ms ?? nowMs) >= LEASE_MS
}

export function notFound(): AppError {
  return new AppError('not-found', { zh: '没有这个订单，请返回列表重新选择。' })
}

function nothingToAsk({ state }: OrderRow): AppError {
  return new AppError('order-wrong-step', {
    zh:
      state === 'posting'
        ? '刚刚才请 HIS 登记，还在等它的答复。请两分钟后再查询。'
        : '这个订单没有等着的结果，不用查询。请刷新看现在的状态。',
  })
}

function isOpen(payment: PaymentOrder | undefined): payment is PaymentOrder {
  return payment?.state === 'awaiting'
}

function isUnfinished({ state }: Refund): boolean {
  return state !== 'done'
}

async function lookAtPosting(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const outcome = await queryPosting(room, hospitalId, order)
  await room.database.inTransaction(hospitalId, (tx) => settlePosting(tx, room, order, outcome))
}

async function lookAtCancel(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const outcome = await lookAtAppointment(room, hospitalId, order)
  // That it still stands is no answer to the cancellation: the background goes on asking.
  if (outcome.kind !== 'yes') return
  await room.database.inTransaction(
    hospitalId,
    async (tx) => void (await settleCancel(tx, room, order, outcome)),
  )
}
