import { shanghaiDay } from '@zhangyi/core'
import type { Appointment, FeePosting } from '@zhangyi/his'
import { findRefunds, type Refund } from '../payments/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { messageOf, stateOf } from './order-messages.ts'
import { type OrderContent, type OrderRow, openAnswer, openContent } from './order-row.ts'
import type { VisitsParts } from './room.ts'
import { isBegun, isOver } from './slot-time.ts'
import type { VisitOrder } from './visit-views.ts'

/** An order as its user sees it. */
export async function viewOrder(
  tx: Tx,
  { cipher, clock }: Pick<VisitsParts, 'cipher' | 'clock'>,
  order: OrderRow,
): Promise<VisitOrder> {
  const content = openContent(cipher, order)
  const refund = await refundOf(tx, order)
  return {
    id: order.id,
    kind: order.kind,
    state: stateOf(order.state),
    patientName: content.patientName,
    title: content.title,
    feeFen: order.fee_fen,
    createdAt: isoOf(order.created_at_ms),
    expiresAt: order.state === 'to-pay' && order.expires_at_ms ? isoOf(order.expires_at_ms) : null,
    message: messageOf(order, refund),
    visit: visitOf(content, openAnswer<Appointment>(cipher, order)),
    fee: feeOf(content, openAnswer<FeePosting>(cipher, order)),
    refund,
    cancellable: mayCancel(order, content, clock.nowMs()),
  }
}

/** By the time alone: whether it was seen, or may be cancelled at all, the HIS says when it is asked. */
export function mayCancel({ kind, state }: OrderRow, { visit }: OrderContent, nowMs: number): boolean {
  if (state !== 'done' || !visit) return false
  // A registration of today can be given back while the doctor still sees patients of the slot.
  return kind === 'same-day'
    ? visit.day === shanghaiDay(nowMs) && !isOver(visit, nowMs)
    : !isBegun(visit, nowMs)
}

function visitOf(content: OrderContent, answer: Appointment | undefined): VisitOrder['visit'] {
  const { visit, department } = content
  if (!visit) return null
  return {
    departmentName: department.name,
    doctorName: visit.doctorName ?? null,
    day: visit.day,
    period: visit.period,
    startsAt: answer?.startsAt ?? visit.startsAt ?? null,
    queueNumber: answer?.queueNumber ?? null,
    location: answer?.location ?? null,
  }
}

function feeOf(content: OrderContent, answer: FeePosting | undefined): VisitOrder['fee'] {
  const { bills, department } = content
  if (!bills) return null
  return {
    departmentName: department.name,
    items: [...bills.items],
    receiptNumber: answer?.receiptNumber ?? null,
    guidance: answer?.guidance ?? null,
  }
}

async function refundOf(tx: Tx, order: OrderRow): Promise<VisitOrder['refund']> {
  if (order.payment_order_id === null) return null
  const [refund] = await findRefunds(tx, order.payment_order_id)
  return refund ? shownRefund(refund) : null
}

function shownRefund({ amountFen, state, account }: Refund): VisitOrder['refund'] {
  // The others are of deposits only.
  const shown = state === 'done' || state === 'under-way' ? state : 'needs-person'
  return { amountFen, state: shown, account: account ?? null }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
