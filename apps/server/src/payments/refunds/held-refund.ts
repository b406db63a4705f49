import type { Tx } from '../../platform/database/tx.ts'
import { findAttempts } from '../attempts/attempts.ts'
import { findRefundRows, lockOrder } from '../find-payments.ts'
import type { AttemptRow, OrderRow, PaymentsTables, RefundRow } from '../tables.ts'

/** What is held while a refund changes. */
export interface HeldRefund {
  readonly order: OrderRow
  readonly refund: RefundRow
  /** All refunds of the order, this one among them. */
  readonly all: readonly RefundRow[]
  /** What asked WeChat for the refund, oldest first. */
  readonly attempts: readonly AttemptRow[]
  /** What asked WeChat to send it elsewhere after it became ABNORMAL, oldest first. */
  readonly applications: readonly AttemptRow[]
  /** When another refund of the order was sent last; 0 for none. */
  readonly othersSentAtMs: number
  /** The merchant that took the payment. */
  readonly mchid: string | undefined
}

export async function holdRefund(tx: Tx, orderId: string, refundId: string): Promise<HeldRefund> {
  const order = await lockOrder(tx, orderId)
  const all = await findRefundRows(tx, orderId)
  const refund = all.find(({ id }) => id === refundId)
  if (!refund) throw new Error(`no refund ${refundId}`)
  const calls = await findAttempts(tx, orderId)
  const created = calls.filter(({ endpoint }) => endpoint === 'refund-create')
  return {
    ...{ order, refund, all },
    attempts: created.filter(({ refund_id }) => refund_id === refundId),
    applications: calls.filter(
      ({ endpoint, refund_id }) => endpoint === 'refund-abnormal' && refund_id === refundId,
    ),
    othersSentAtMs: Math.max(
      0,
      ...created.filter(({ refund_id }) => refund_id !== refundId).map((one) => one.sent_at_ms ?? 0),
    ),
    mchid: order.mchid ?? calls.find(({ endpoint }) => endpoint === 'jsapi-prepay')?.mchid,
  }
}

/** Compares and sets. */
export async function changeRefund(
  tx: Tx,
  { id, state }: RefundRow,
  after: Partial<RefundRow>,
): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('refund_order')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`refund ${id} is no longer ${state}`)
}

/** What a query said of an attempt's number. NOT_FOUND is noted of what was refused for good, and of nothing else. */
export async function noteQueried(tx: Tx, { id }: AttemptRow, queried: string): Promise<void> {
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_attempt')
    .set({ queried_state: queried, ...(queried !== 'NOT_FOUND' && { state: 'yes' as const }) })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .execute()
}
