import { fen, type HospitalId } from '@zhangyi/core'
import { readTradeBill, type TradeBillRow } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { type Merchant, merchantOf } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { PaymentsTables } from '../tables.ts'
import { enterOtherRefunds, type OtherRefund } from './enter-other-refunds.ts'
import {
  type ImportedRecharges,
  importRecharges,
  lockRecharges,
  type RechargeRow,
} from './import-recharges.ts'

/** Rows that are kept until the control totals are known; a hospital has some ten thousand a day. */
const MAX_ROWS = 500_000
/** Numbers of one statement. */
const BATCH = 5_000

/** What importing from WeChat needs. */
export type RechargeDesk = Pick<PaymentsRoom, 'clients' | 'clock' | 'database' | 'hospitals'>

/** `none`: nothing happened on that day. `creating`: not ready; ask again in half an hour, or after 10:00. */
export type ImportedBill =
  | { readonly kind: 'none' }
  | { readonly kind: 'creating' }
  | (ImportedRecharges & {
      readonly kind: 'imported'
      /** Payments of our own and rows that `rechargeMatch` leaves out. */
      readonly left: number
      /** Refunds by another system that were not known before. */
      readonly otherRefunds: number
    })

/**
 * The recharges of one day's trade bill, and what other systems sent back on it. Nothing is stored unless hash and
 * control totals are right. The same day again changes nothing. Throws what the bill's reader and the client throw.
 */
export async function importTradeBill(
  room: RechargeDesk,
  hospitalId: HospitalId,
  day: string,
  by?: string,
): Promise<ImportedBill> {
  const merchant = merchantOf(room, hospitalId)
  const bill = await merchant.client.requestTradeBill({ day })
  if (bill === 'none' || bill === 'creating') return { kind: bill }
  const read = await readBill(merchant, bill)
  return room.database.inTransaction(hospitalId, async (tx) => {
    await lockRecharges(tx)
    const own = await ownNumbers(tx, read)
    const recharges = read.recharges.filter(({ outTradeNo }) => !own.orders.has(outTradeNo))
    const refunds = read.refunds.filter(
      (one) => !own.refunds.has(one.outRefundNo) && !own.orders.has(one.outTradeNo),
    )
    // First the payments: of those that are new, the refunds below are entered like all others.
    const imported = await importRecharges(tx, room, recharges, { by })
    const left = read.left + read.recharges.length - recharges.length
    return { kind: 'imported', ...imported, left, otherRefunds: await enterOtherRefunds(tx, refunds) }
  })
}

interface ReadBill {
  readonly recharges: readonly RechargeRow[]
  readonly refunds: readonly OtherRefund[]
  readonly left: number
}

type BillFile = Exclude<Awaited<ReturnType<Merchant['client']['requestTradeBill']>>, string>

/** The whole file, checked: its rows are provisional until its end. */
async function readBill({ client, hospital, mchid }: Merchant, file: BillFile): Promise<ReadBill> {
  const { rechargeMatch } = hospital.refunds.original
  const match = rechargeMatch === undefined ? undefined : new RegExp(rechargeMatch, 'u')
  const recharges: RechargeRow[] = []
  const refunds: OtherRefund[] = []
  let left = 0
  const bill = readTradeBill(client.downloadBill(file))
  for await (const rows of bill.batches())
    for (const row of rows) {
      const isMeant = !match || match.test(row.outTradeNo) || match.test(row.description)
      if (isMeant && row.tradeState === 'SUCCESS') recharges.push(rechargeOf(row))
      else if (isMeant && isRefund(row)) refunds.push({ ...refundOf(row), mchid })
      else left += 1
      if (recharges.length + refunds.length > MAX_ROWS)
        throw new Error(`a trade bill with more than ${MAX_ROWS} rows`)
    }
  bill.summary()
  return { recharges, refunds, left }
}

/** FAIL: WeChat gave the money back to the merchant. What was still under way counts: rather too little is refundable. */
function isRefund({ tradeState, outRefundNo, refundState }: TradeBillRow): boolean {
  return tradeState === 'REFUND' && outRefundNo !== '' && refundState !== 'FAIL'
}

function rechargeOf(row: TradeBillRow): RechargeRow {
  return {
    ...{ outTradeNo: row.outTradeNo, transactionId: row.transactionId, mchid: row.mchid },
    ...(row.openid !== '' && { openid: row.openid }),
    ...{ paidFen: row.totalFen, refundedFen: fen(0), paidAtMs: row.tradeTimeMs },
    description: row.description,
  }
}

function refundOf(row: TradeBillRow): Omit<OtherRefund, 'mchid'> {
  // Of the order's own amount; the other column leaves out what coupons paid.
  const amountFen = row.requestedRefundFen > 0 ? row.requestedRefundFen : row.refundFen
  const askedAtMs = row.refundRequestedAtMs ?? row.tradeTimeMs
  return { outTradeNo: row.outTradeNo, outRefundNo: row.outRefundNo, amountFen, askedAtMs }
}

/** Orders that were made here, and refunds that were. */
async function ownNumbers(tx: Tx, { recharges, refunds }: ReadBill) {
  const own = { orders: new Set<string>(), refunds: new Set<string>() }
  const numbers = [...recharges, ...refunds].map(({ outTradeNo }) => outTradeNo)
  for (let at = 0; at < numbers.length; at += BATCH) {
    const found = await tx.sql
      .withTables<PaymentsTables>()
      .selectFrom('payment_order')
      .select('out_trade_no')
      .where('hospital_id', '=', tx.hospitalId)
      .where('out_trade_no', 'in', numbers.slice(at, at + BATCH))
      .where('purpose', '<>', 'deposits')
      .execute()
    for (const { out_trade_no } of found) own.orders.add(out_trade_no)
  }
  for (let at = 0; at < refunds.length; at += BATCH) {
    const found = await tx.sql
      .withTables<PaymentsTables>()
      .selectFrom('payment_attempt')
      .select('number')
      .where('hospital_id', '=', tx.hospitalId)
      .where('endpoint', '=', 'refund-create')
      .where(
        'number',
        'in',
        refunds.slice(at, at + BATCH).map(({ outRefundNo }) => outRefundNo),
      )
      .execute()
    for (const { number } of found) own.refunds.add(number)
  }
  return own
}
