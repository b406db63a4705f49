import { addFen, type Fen, fen, formatShanghai, formatYuan } from '@zhangyi/core'
import { MCHID } from '../credentials.ts'
import type { Order } from '../orders/order.ts'
import type { PayPlatform } from '../platform.ts'
import type { Refund } from '../refunds/refund.ts'
import type { BillTable } from './write-bill-file.ts'

export type TradeBillType = 'ALL' | 'SUCCESS' | 'REFUND'

const COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'.split(
    ',',
  )
const ONLY_IN_REFUND_BILL = ['退款申请时间', '退款成功时间']
const NEVER_IN_SUCCESS_BILL =
  '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,申请退款金额'.split(',')
const SUMMARY_COLUMNS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'.split(',')
const ZERO = formatYuan(fen(0))

/** 交易账单 of one day: payments by the time of payment, refunds by the time they were asked. Undefined when empty. */
export function tradeBill(
  platform: PayPlatform,
  type: TradeBillType,
  startMs: number,
  endMs: number,
): BillTable | undefined {
  const within = (ms: number | undefined): ms is number => ms !== undefined && ms >= startMs && ms < endMs
  const paid = type === 'REFUND' ? [] : platform.orders.all().filter((order) => within(order.paidMs))
  const refunded =
    type === 'SUCCESS' ? [] : platform.refunds.all().filter((refund) => within(refund.createdMs))
  if (paid.length + refunded.length === 0) return undefined
  const header = COLUMNS.filter(
    (column) =>
      (type === 'REFUND' || !ONLY_IN_REFUND_BILL.includes(column)) &&
      (type !== 'SUCCESS' || !NEVER_IN_SUCCESS_BILL.includes(column)),
  )
  const lines = [
    ...paid.map((order) => ({ atMs: order.paidMs ?? 0, cells: paymentCells(order) })),
    ...refunded.map((refund) => ({
      atMs: refund.createdMs,
      cells: refundCells(refund, platform.orders.byNumber(refund.outTradeNo), endMs, type),
    })),
  ].sort((a, b) => a.atMs - b.atMs)
  const paidFen = sum(paid.map(({ totalFen }) => totalFen))
  const refundedFen = sum(refunded.map(({ refundFen }) => refundFen))
  return {
    header,
    rows: lines.map(({ cells }) => header.map((column) => cells[column] ?? '')),
    summaryHeader: SUMMARY_COLUMNS,
    summary: [String(lines.length), paidFen, refundedFen, ZERO, ZERO, paidFen, refundedFen],
  }
}

function paymentCells(order: Order): Readonly<Record<string, string>> {
  return {
    ...orderCells(order),
    交易时间: formatShanghai(order.paidMs ?? 0),
    交易状态: 'SUCCESS',
    应结订单金额: formatYuan(order.totalFen),
    订单金额: formatYuan(order.totalFen),
    ...{ 微信退款单号: '0', 商户退款单号: '0', 退款金额: ZERO, 申请退款金额: ZERO },
  }
}

function refundCells(
  refund: Refund,
  order: Order | undefined,
  endMs: number,
  type: TradeBillType,
): Readonly<Record<string, string>> {
  const amount = formatYuan(refund.refundFen)
  return {
    ...(order && orderCells(order)),
    交易时间: formatShanghai(type === 'REFUND' ? (order?.paidMs ?? 0) : refund.createdMs),
    交易状态: 'REFUND',
    应结订单金额: ZERO,
    订单金额: ZERO,
    退款申请时间: formatShanghai(refund.createdMs),
    退款成功时间: doneBefore(refund, endMs) ? formatShanghai(refund.successMs ?? 0) : '',
    微信退款单号: refund.refundId,
    商户退款单号: refund.outRefundNo,
    退款金额: amount,
    申请退款金额: amount,
    退款类型: 'ORIGINAL',
    退款状态: statusWord(refund, endMs),
  }
}

function orderCells(order: Order): Readonly<Record<string, string>> {
  return {
    公众账号ID: order.appid,
    商户号: MCHID,
    特约商户号: '0',
    微信订单号: order.transactionId,
    商户订单号: order.outTradeNo,
    用户标识: order.openid,
    交易类型: 'JSAPI',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    ...{ 代金券金额: ZERO, 充值券退款金额: ZERO },
    商品名称: order.description,
    商户数据包: order.attach ?? '',
    手续费: ZERO,
    费率: '0.00%',
  }
}

function doneBefore({ successMs }: Refund, endMs: number): boolean {
  return successMs !== undefined && successMs < endMs
}

/** The bill has words of its own, and does not learn what became of a refund after its day. */
function statusWord(refund: Refund, endMs: number): string {
  if (doneBefore(refund, endMs)) return 'SUCCESS'
  const { firstEnd } = refund
  if (!firstEnd || firstEnd.atMs >= endMs) return 'PROCESSING'
  return { CLOSED: 'FAIL', ABNORMAL: 'CHANGE', SUCCESS: 'SUCCESS' }[firstEnd.status]
}

function sum(amounts: readonly Fen[]): string {
  return formatYuan(addFen(...amounts))
}
