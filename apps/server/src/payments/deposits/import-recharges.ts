import { type Fen, newId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { plainText } from '../plain-text.ts'
import { MAY_BE_PAID } from '../refunds/may-be-paid.ts'
import type { PaymentsParts } from '../room.ts'
import type { OrderRow, PaymentsTables } from '../tables.ts'
import { refusalOf } from './check-recharge.ts'

/** Rows of one statement: each binds some thirty values, and PostgreSQL takes 65,535. */
const BATCH = 500
const MAX_DESCRIPTION = 127
const DESCRIPTION = '门诊预交金充值'

export interface RechargeRow {
  /** 商户订单号. */
  readonly outTradeNo: string
  /** 微信订单号. */
  readonly transactionId: string
  readonly mchid: string
  readonly openid?: string | undefined
  readonly paidFen: Fen
  /** All that went back of it until the file was made, by whomever. */
  readonly refundedFen: Fen
  readonly paidAtMs: number
  readonly description?: string | undefined
  /** Of the file, for who has to mend it. */
  readonly line?: number | undefined
}

export interface RefusedRow {
  readonly line: number | undefined
  readonly outTradeNo: string
  /** In Chinese. */
  readonly reason: string
}

export interface ImportedRecharges {
  readonly imported: number
  /** Already there with the same facts. */
  readonly known: number
  /** Already there, and more of it went back since. */
  readonly updated: number
  readonly refused: readonly RefusedRow[]
}

export interface ImportOptions {
  /** When the file was made. What is told to have gone back later stands not in it. */
  readonly asOfMs?: number | undefined
  /** Goes to the audit. */
  readonly by?: string | undefined
}

/**
 * Recharges that patients paid through another system, on the merchant number whose key we hold. The same rows again
 * change nothing; what contradicts a recharge that is there is refused, and what is there stays.
 */
export async function importRecharges(
  tx: Tx,
  { clock, hospitals }: Pick<PaymentsParts, 'clock' | 'hospitals'>,
  rows: readonly RechargeRow[],
  { asOfMs, by }: ImportOptions = {},
): Promise<ImportedRecharges> {
  await lockRecharges(tx)
  const nowMs = clock.nowMs()
  const mchid = hospitals.find(tx.hospitalId)?.wechatPay?.mchid
  const sum = { imported: 0, known: 0, updated: 0 }
  const refused: RefusedRow[] = []
  for (let at = 0; at < rows.length; at += BATCH) {
    const wanted: RechargeRow[] = []
    for (const row of rows.slice(at, at + BATCH)) {
      const reason = refusalOf(row, mchid, nowMs)
      if (reason === undefined) wanted.push(row)
      else refused.push(refusedRow(row, reason))
    }
    const books = await openBooks(tx, nowMs, asOfMs, wanted)
    for (const row of wanted) {
      const outcome = await enter(tx, books, row)
      if (typeof outcome === 'string') sum[outcome] += 1
      else refused.push(refusedRow(row, outcome.reason))
    }
  }
  auditPayments(tx, clock, {
    ...{ action: 'deposits.recharges-imported', subject: tx.hospitalId },
    ...(by !== undefined && { actor: by }),
    detail: { rows: rows.length, ...sum, refused: refused.length },
  })
  return { ...sum, refused }
}

/** Two imports at once, of a payment and of its refund, would each miss what the other enters. */
export async function lockRecharges(tx: Tx): Promise<void> {
  const name = `payments.recharges.${tx.hospitalId}`
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx.sql)
}

/** What one batch of rows is held against. */
interface Books {
  readonly asOfMs: number | undefined
  /** Entered by this batch, and not taken note of yet. */
  readonly fresh: Set<string>
  /** As they stand, held. */
  readonly orders: Map<string, OrderRow>
  readonly told: ToldBack
}

async function openBooks(
  tx: Tx,
  nowMs: number,
  asOfMs: number | undefined,
  rows: readonly RechargeRow[],
): Promise<Books> {
  const told = await toldBack(tx, rows, asOfMs)
  const books: Books = { asOfMs, fresh: new Set(), orders: new Map(), told }
  if (rows.length === 0) return books
  const made = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('payment_order')
    .values(rows.map((row) => orderRow(tx, nowMs, asOfMs, row, told)))
    // By its number or by its payment: which of them, and whether it is the same, is looked at below.
    .onConflict((conflict) => conflict.doNothing())
    .returning('out_trade_no')
    .execute()
  for (const { out_trade_no } of made) books.fresh.add(out_trade_no)
  const numbers = rows.map(({ outTradeNo }) => outTradeNo)
  const orders = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('out_trade_no', 'in', numbers)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const order of orders) books.orders.set(order.out_trade_no, order)
  return books
}

type Entered = 'imported' | 'known' | 'updated' | { readonly reason: string }

async function enter(tx: Tx, books: Books, row: RechargeRow): Promise<Entered> {
  if (books.fresh.delete(row.outTradeNo)) return 'imported'
  const order = books.orders.get(row.outTradeNo)
  if (!order) return { reason: '这个微信订单号已经登记在另一个商户订单号下' }
  const reason = contradiction(order, row)
  if (reason !== undefined) return { reason }
  const othersFen = await othersBack(tx, books, order, row)
  const asOfMs = Math.max(books.asOfMs ?? 0, order.refunded_as_of_ms ?? 0)
  const isMore = othersFen > order.refunded_before_fen
  // Explained by what we sent back ourselves; the sum that stands never becomes less.
  if (!isMore && (asOfMs === (order.refunded_as_of_ms ?? 0) || row.refundedFen > order.refunded_before_fen))
    return 'known'
  const after = {
    refunded_before_fen: Math.max(othersFen, order.refunded_before_fen),
    refunded_as_of_ms: asOfMs === 0 ? null : asOfMs,
  }
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', order.id)
    .execute()
  books.orders.set(row.outTradeNo, { ...order, ...after })
  return isMore ? 'updated' : 'known'
}

/** What by this row went back of an order without us: what the file says less our own, and what bills told since. */
async function othersBack(
  tx: Tx,
  { asOfMs, told }: Books,
  order: OrderRow,
  { outTradeNo, refundedFen }: RechargeRow,
): Promise<number> {
  if (refundedFen <= order.refunded_before_fen) return refundedFen
  const laterFen = told.get(outTradeNo)?.laterFen ?? 0
  return Math.min(order.amount_fen, refundedFen - (await ownBack(tx, order, asOfMs)) + laterFen)
}

function contradiction(order: OrderRow, row: RechargeRow): string | undefined {
  if (order.purpose !== 'deposits') return '是掌医自己的缴费订单，不是充值'
  const differs = [
    order.amount_fen !== row.paidFen && '付款金额',
    order.mchid !== row.mchid && '商户号',
    order.transaction_id !== row.transactionId && '微信订单号',
  ].filter((one) => one !== false)
  return differs.length === 0 ? undefined : `和已经导入的不一致：${differs.join('、')}；保留原来的`
}

/**
 * What the file's sum may hold of our own refunds: they stand in `refund_order` and would count twice. Only what was
 * sent before the file was made, because the file cannot know of the rest; taking that off, too, would make another
 * system's refund refundable again. What is unpaid by query is not taken off either: if the file still counts it, too
 * little is refundable, never too much.
 */
async function ownBack(tx: Tx, { id }: OrderRow, asOfMs: number | undefined): Promise<number> {
  const own = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('refund_order as refund')
    .select(({ fn }) => fn.sum<string | null>('refund.amount_fen').as('fen'))
    .where('refund.hospital_id', '=', tx.hospitalId)
    .where('refund.payment_order_id', '=', id)
    .where('refund.state', 'in', MAY_BE_PAID)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('payment_attempt as attempt')
          .select('attempt.id')
          .where('attempt.hospital_id', '=', tx.hospitalId)
          .where('attempt.payment_order_id', '=', id)
          .whereRef('attempt.refund_id', '=', 'refund.id')
          .where('attempt.endpoint', '=', 'refund-create')
          .where('attempt.sendings', '>', 0)
          .where('attempt.created_at_ms', '<', asOfMs ?? Number.MAX_SAFE_INTEGER),
      ),
    )
    .executeTakeFirst()
  return Number(own?.fen ?? 0)
}

type ToldBack = ReadonlyMap<string, { readonly allFen: number; readonly laterFen: number }>

/** Refunds by others that bills told: all of them, and those of after the file. */
async function toldBack(
  tx: Tx,
  rows: readonly RechargeRow[],
  asOfMs = Number.MAX_SAFE_INTEGER,
): Promise<ToldBack> {
  if (rows.length === 0) return new Map()
  const told = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('recharge_refund')
    .select(['out_trade_no', 'amount_fen', 'asked_at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where(
      'out_trade_no',
      'in',
      rows.map(({ outTradeNo }) => outTradeNo),
    )
    .execute()
  const sums = new Map<string, { allFen: number; laterFen: number }>()
  for (const one of told) {
    const { allFen, laterFen } = sums.get(one.out_trade_no) ?? { allFen: 0, laterFen: 0 }
    sums.set(one.out_trade_no, {
      allFen: allFen + one.amount_fen,
      laterFen: laterFen + (one.asked_at_ms >= asOfMs ? one.amount_fen : 0),
    })
  }
  return sums
}

function orderRow(
  tx: Tx,
  nowMs: number,
  asOfMs: number | undefined,
  row: RechargeRow,
  told: ToldBack,
): OrderRow {
  const { allFen, laterFen } = told.get(row.outTradeNo) ?? { allFen: 0, laterFen: 0 }
  return {
    ...{ hospital_id: tx.hospitalId, id: newId('pay'), purpose: 'deposits', subject: row.outTradeNo },
    ...{ user_id: null, appid: null, openid: row.openid ?? null, channel: null, mchid: row.mchid },
    description: plainText(
      /[^\p{C}\s]/u.test(row.description ?? '') ? String(row.description) : DESCRIPTION,
      MAX_DESCRIPTION,
    ),
    amount_fen: row.paidFen,
    refunded_before_fen: Math.min(row.paidFen, Math.max(row.refundedFen + laterFen, allFen)),
    ...{ refunded_as_of_ms: asOfMs ?? null, out_trade_no: row.outTradeNo, state: 'paid' },
    ...{ problem: null, problem_done_at_ms: null },
    ...{ created_at_ms: nowMs, expires_at_ms: row.paidAtMs, close_wished_at_ms: null },
    ...{ prepay_id: null, prepaid_at_ms: null, transaction_id: row.transactionId },
    ...{ paid_at_ms: row.paidAtMs, settled_at_ms: nowMs, looks: 0, missed_looks: 0, next_action_at_ms: null },
  }
}

function refusedRow({ line, outTradeNo }: RechargeRow, reason: string): RefusedRow {
  return { line, outTradeNo, reason }
}
