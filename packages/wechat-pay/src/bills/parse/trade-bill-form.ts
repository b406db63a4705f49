import { type Fen, fen } from '@zhangyi/core'
import type { Columns } from './columns.ts'
import { addExactly, compareAmount, compareCount } from './compare-totals.ts'
import { createTimeParser, parseAmount } from './parse-cells.ts'
import type { BillBody, BillForm } from './read-bill.ts'
import type { TradeBillRow, TradeBillSummary } from './trade-bill-row.ts'

export type TradeBillKind = 'ALL' | 'SUCCESS' | 'REFUND'

const PAYMENT_COLUMNS = [
  ...['交易时间', '公众账号ID', '商户号', '特约商户号', '设备号', '微信订单号', '商户订单号', '用户标识'],
  ...['交易类型', '交易状态', '付款银行', '货币种类', '应结订单金额', '代金券金额'],
  ...['商品名称', '商户数据包', '手续费', '费率', '订单金额', '费率备注'],
] as const
const REFUND_COLUMNS = [
  ...['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态', '申请退款金额'],
] as const
const REFUND_TIMES = ['退款申请时间', '退款成功时间'] as const
const KNOWN = [...PAYMENT_COLUMNS, ...REFUND_COLUMNS, ...REFUND_TIMES]

const REQUIRED_COLUMNS: Readonly<Record<TradeBillKind, readonly string[]>> = {
  ALL: [...PAYMENT_COLUMNS, ...REFUND_COLUMNS],
  SUCCESS: PAYMENT_COLUMNS,
  REFUND: KNOWN,
}

const PAYMENT_TOTALS = ['总交易单数', '应结订单总金额', '手续费总金额', '订单总金额'] as const
const REFUND_TOTALS = ['退款总金额', '充值券退款总金额', '申请退款总金额'] as const

export function tradeBillForm(
  kind: TradeBillKind,
  keepExtra: boolean,
): BillForm<TradeBillRow, TradeBillSummary> {
  return {
    requiredColumns: REQUIRED_COLUMNS[kind],
    summaryMarker: '总交易单数',
    requiredTotals: kind === 'SUCCESS' ? PAYMENT_TOTALS : [...PAYMENT_TOTALS, ...REFUND_TOTALS],
    begin: (columns) => beginBody(columns, keepExtra),
  }
}

function beginBody(columns: Columns, keepExtra: boolean): BillBody<TradeBillRow, TradeBillSummary> {
  const at = (name: (typeof KNOWN)[number]) => columns.place(name)
  // Places are looked up once: a bill may have a million rows.
  const [time, appid, mchid, subMchid] = [at('交易时间'), at('公众账号ID'), at('商户号'), at('特约商户号')]
  const [device, transaction, order, openid] = [
    at('设备号'),
    at('微信订单号'),
    at('商户订单号'),
    at('用户标识'),
  ]
  const [type, state, bank, currency] = [at('交易类型'), at('交易状态'), at('付款银行'), at('货币种类')]
  const [settlement, coupon, fee, total] = [
    at('应结订单金额'),
    at('代金券金额'),
    at('手续费'),
    at('订单金额'),
  ]
  const [refundNo, outRefundNo, refund, couponRefund] = [
    at('微信退款单号'),
    at('商户退款单号'),
    at('退款金额'),
    at('充值券退款金额'),
  ]
  const [refundType, refundState, requested] = [at('退款类型'), at('退款状态'), at('申请退款金额')]
  const [description, attach, rate, rateRemark] = [
    at('商品名称'),
    at('商户数据包'),
    at('费率'),
    at('费率备注'),
  ]
  const [requestedAt, succeededAt] = [at('退款申请时间'), at('退款成功时间')]

  const parseTime = createTimeParser()
  const parseRefundTime = createTimeParser()
  const extraOf = columns.extraOf(KNOWN, keepExtra)
  const sums = {
    rows: 0,
    settlement: 0,
    refund: 0,
    couponRefund: 0,
    fee: 0,
    total: 0,
    requested: 0,
  }
  const noFen = fen(0)
  const optionalAmount = (cells: readonly string[], place: number, row: number, column: string): Fen =>
    place === -1 ? noFen : parseAmount(cells[place] ?? '', row, column)
  const optionalTime = (text: string | undefined, row: number, column: string) =>
    text === undefined || text === '' ? undefined : parseRefundTime(text, row, column)

  return {
    readRow(cells, row) {
      const tradeTime = cells[time] ?? ''
      const refundId = cells[refundNo] ?? ''
      const isRefund = refundId !== '' && refundId !== '0'
      const read: TradeBillRow = {
        tradeTime,
        tradeTimeMs: parseTime(tradeTime, row, '交易时间'),
        appid: cells[appid] ?? '',
        mchid: cells[mchid] ?? '',
        subMchid: cells[subMchid] ?? '',
        deviceInfo: cells[device] ?? '',
        transactionId: cells[transaction] ?? '',
        outTradeNo: cells[order] ?? '',
        openid: cells[openid] ?? '',
        tradeType: cells[type] ?? '',
        tradeState: cells[state] ?? '',
        bankType: cells[bank] ?? '',
        currency: cells[currency] ?? '',
        settlementFen: parseAmount(cells[settlement] ?? '', row, '应结订单金额'),
        couponFen: parseAmount(cells[coupon] ?? '', row, '代金券金额'),
        refundId: isRefund ? refundId : '',
        outRefundNo: isRefund ? (cells[outRefundNo] ?? '') : '',
        refundFen: optionalAmount(cells, refund, row, '退款金额'),
        couponRefundFen: optionalAmount(cells, couponRefund, row, '充值券退款金额'),
        refundType: cells[refundType] ?? '',
        refundState: cells[refundState] ?? '',
        description: cells[description] ?? '',
        attach: cells[attach] ?? '',
        feeFen: parseAmount(cells[fee] ?? '', row, '手续费'),
        feeRate: cells[rate] ?? '',
        totalFen: parseAmount(cells[total] ?? '', row, '订单金额'),
        requestedRefundFen: optionalAmount(cells, requested, row, '申请退款金额'),
        feeRateRemark: cells[rateRemark] ?? '',
        refundRequestedAtMs: optionalTime(cells[requestedAt], row, '退款申请时间'),
        refundSucceededAtMs: optionalTime(cells[succeededAt], row, '退款成功时间'),
      }
      sums.rows += 1
      sums.settlement = addExactly(sums.settlement, read.settlementFen)
      sums.refund = addExactly(sums.refund, read.refundFen)
      sums.couponRefund = addExactly(sums.couponRefund, read.couponRefundFen)
      sums.fee = addExactly(sums.fee, read.feeFen)
      sums.total = addExactly(sums.total, read.totalFen)
      sums.requested = addExactly(sums.requested, read.requestedRefundFen)
      const extra = extraOf(cells)
      return extra ? { ...read, extra } : read
    },
    finish: (stated) => ({
      rowCount: compareCount('总交易单数', stated('总交易单数'), sums.rows),
      settlementFen: compareAmount('应结订单总金额', stated('应结订单总金额'), sums.settlement),
      refundFen: compareAmount('退款总金额', stated('退款总金额'), sums.refund),
      couponRefundFen: compareAmount('充值券退款总金额', stated('充值券退款总金额'), sums.couponRefund),
      feeFen: compareAmount('手续费总金额', stated('手续费总金额'), sums.fee),
      totalFen: compareAmount('订单总金额', stated('订单总金额'), sums.total),
      requestedRefundFen: compareAmount('申请退款总金额', stated('申请退款总金额'), sums.requested),
    }),
  }
}
