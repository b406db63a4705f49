import { type Fen, fen, subtractFen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { leftOf } from '../refunds/may-be-paid.ts'
import type { AttemptRow, OrderRow, PaymentsTables, RefundRow } from '../tables.ts'

/** One recharge that was imported, and what of it can go back the way it came. */
export interface Recharge {
  readonly orderId: string
  readonly outTradeNo: string
  readonly mchid: string
  readonly paidFen: Fen
  readonly paidAtMs: number
  /** What went back or may yet, by whomever. What by query is unpaid does not count. */
  readonly refundedFen: Fen
  readonly refundableFen: Fen
  /** Refunds that WeChat counts: it takes 50 of one order. */
  readonly pieces: number
  /** WeChat said that the account that paid it is gone: nothing can go back to it, then or later. */
  readonly isPayerGone: boolean
}

const PAYER_GONE = 'USER_ACCOUNT_ABNORMAL'

/** Those of the numbers that are known recharges; an unknown number is not eligible. */
export async function findRecharges(tx: Tx, outTradeNos: readonly string[]): Promise<readonly Recharge[]> {
  if (outTradeNos.length === 0) return []
  const orders = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('out_trade_no', 'in', outTradeNos)
    .where('purpose', '=', 'deposits')
    .orderBy('paid_at_ms')
    .orderBy('id')
    .execute()
  return viewRecharges(tx, orders)
}

export async function viewRecharges(tx: Tx, orders: readonly OrderRow[]): Promise<readonly Recharge[]> {
  if (orders.length === 0) return []
  const ids = orders.map(({ id }) => id)
  const tables = tx.sql.withTables<PaymentsTables>()
  const refunds = await tables
    .selectFrom('refund_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('payment_order_id', 'in', ids)
    .execute()
  const attempts = await tables
    .selectFrom('payment_attempt')
    .select(['refund_id', 'queried_state'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('payment_order_id', 'in', ids)
    .where('endpoint', '=', 'refund-create')
    .execute()
  const others = await tables
    .selectFrom('recharge_refund')
    .select(['out_trade_no', 'amount_fen'])
    .where('hospital_id', '=', tx.hospitalId)
    .where(
      'out_trade_no',
      'in',
      orders.map((order) => order.out_trade_no),
    )
    .execute()
  return orders.map((order) => {
    const own = refunds.filter((one) => one.payment_order_id === order.id)
    const told = others.filter((one) => one.out_trade_no === order.out_trade_no)
    const refundableFen = leftOf(order, own)
    return {
      ...{ orderId: order.id, outTradeNo: order.out_trade_no, mchid: String(order.mchid) },
      ...{ paidFen: fen(order.amount_fen), paidAtMs: Number(order.paid_at_ms), refundableFen },
      refundedFen: subtractFen(fen(order.amount_fen), refundableFen),
      pieces: ownPieces(own, attempts) + otherPieces(order, told),
      isPayerGone: own.some(({ problem }) => problem === PAYER_GONE),
    }
  })
}

/** Every number that reached WeChat counts, and every refund that has none yet. */
function ownPieces(
  refunds: readonly RefundRow[],
  attempts: readonly Pick<AttemptRow, 'refund_id' | 'queried_state'>[],
): number {
  let pieces = 0
  for (const { id, state } of refunds) {
    const numbers = attempts.filter((one) => one.refund_id === id)
    pieces += numbers.filter((one) => one.queried_state !== 'NOT_FOUND').length
    // It will get another number.
    if (state === 'under-way' && numbers.every(isEnded)) pieces += 1
  }
  return pieces
}

function isEnded({ queried_state }: Pick<AttemptRow, 'queried_state'>): boolean {
  return queried_state === 'CLOSED' || queried_state === 'NOT_FOUND'
}

/** A file tells how much went back, not in how many pieces: at least one. */
function otherPieces(order: OrderRow, told: readonly { readonly amount_fen: number }[]): number {
  const toldFen = told.reduce((sum, one) => sum + one.amount_fen, 0)
  return told.length + (order.refunded_before_fen > toldFen ? 1 : 0)
}
