import type { Tx } from '../platform/database/tx.ts'
import type { PaymentOrder, Refund } from './payment-order.ts'
import { type OrderRow, orderOf, type PaymentsTables, type RefundRow, refundOf } from './tables.ts'

export async function findPayment(tx: Tx, orderId: string): Promise<PaymentOrder | undefined> {
  const row = await findOrderRow(tx, orderId)
  return row && orderOf(row)
}

export async function findRefund(tx: Tx, refundId: string): Promise<Refund | undefined> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('refund_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', refundId)
    .executeTakeFirst()
  return row && refundOf(row)
}

/** Oldest first. */
export async function findRefunds(tx: Tx, orderId: string): Promise<readonly Refund[]> {
  return (await findRefundRows(tx, orderId)).map(refundOf)
}

export function findOrderRow(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .executeTakeFirst()
}

/** Whoever changes an order or a refund of it holds the order first, so that nobody waits in a ring. */
export function lockOrder(tx: Tx, orderId: string): Promise<OrderRow> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new Error(`no payment order ${orderId}`))
}

export function findRefundRow(tx: Tx, refundId: string): Promise<RefundRow> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('refund_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', refundId)
    .executeTakeFirstOrThrow(() => new Error(`no refund ${refundId}`))
}

export function findRefundRows(tx: Tx, orderId: string): Promise<RefundRow[]> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('refund_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payment_order_id', '=', orderId)
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
}
