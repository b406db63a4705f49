import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentOrder, PaymentPurpose } from '../payment-order.ts'
import { type OrderRow, orderOf } from '../tables.ts'

/** The subjects whose payment or refund has this number: 商户订单号, 微信支付订单号 or 商户退款单号. */
export async function findSubjectsByNumber(
  tx: Tx,
  purpose: PaymentPurpose,
  number: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ subject: string }>`
    SELECT subject FROM payment_order
    WHERE hospital_id = ${tx.hospitalId} AND purpose = ${purpose} AND out_trade_no = ${number}
    UNION
    SELECT subject FROM payment_order
    WHERE hospital_id = ${tx.hospitalId} AND purpose = ${sql.lit(purpose)} AND transaction_id = ${number}
    UNION
    SELECT o.subject FROM payment_attempt AS a
    JOIN payment_order AS o ON o.hospital_id = a.hospital_id AND o.id = a.payment_order_id
    WHERE a.hospital_id = ${tx.hospitalId} AND a.number = ${number} AND a.endpoint = 'refund-create'
      AND o.purpose = ${purpose}`.execute(tx.sql)
  return rows.map(({ subject }) => subject)
}

/** Payments by their own ids, of as many things as a page shows. */
export async function findPaymentsOf(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, PaymentOrder>> {
  if (orderIds.length === 0) return new Map()
  const { rows } = await sql<OrderRow>`
    SELECT * FROM payment_order WHERE hospital_id = ${tx.hospitalId} AND id = ANY (${orderIds}::text[])`.execute(
    tx.sql,
  )
  return new Map(rows.map((row) => [row.id, orderOf(row)]))
}
