/**
 * Writes bills in the platform's file form, from the form's description alone and without the client that reads them:
 * BOM, header, rows with a backtick before each cell, second header, one summary row.
 */

export const TRADE_COLUMNS: readonly string[] = [
  ...['交易时间', '公众账号ID', '商户号', '特约商户号', '设备号', '微信订单号', '商户订单号', '用户标识'],
  ...['交易类型', '交易状态', '付款银行', '货币种类', '应结订单金额', '代金券金额', '微信退款单号'],
  ...['商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态', '商品名称', '商户数据包'],
  ...['手续费', '费率', '订单金额', '申请退款金额', '费率备注'],
]
export const TRADE_TOTALS: readonly string[] = [
  ...['总交易单数', '应结订单总金额', '退款总金额', '充值券退款总金额', '手续费总金额', '订单总金额'],
  '申请退款总金额',
]
export const FUND_FLOW_COLUMNS: readonly string[] = [
  ...['记账时间', '微信支付业务单号', '资金流水单号', '业务名称', '业务类型', '收支类型', '收支金额(元)'],
  ...['账户结余(元)', '资金变更提交申请人', '备注', '业务凭证号'],
]
export const FUND_FLOW_TOTALS: readonly string[] = [
  ...['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'],
]

export interface BillText {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly totalColumns: readonly string[]
  readonly totals: readonly string[]
  /** `\r\n` unless told. */
  readonly lineEnd?: string
  /** Whether commas inside cells are written as `\,`; else they stay bare. */
  readonly escapeCommas?: boolean
}

export function writeBill(bill: BillText): string {
  const lineEnd = bill.lineEnd ?? '\r\n'
  const cell = (text: string) => `\`${bill.escapeCommas ? text.replaceAll(',', '\\,') : text}`
  const line = (cells: readonly string[]) => cells.map(cell).join(',')
  return `\ufeff${[
    bill.columns.join(','),
    ...bill.rows.map(line),
    bill.totalColumns.join(','),
    line(bill.totals),
    '',
  ].join(lineEnd)}`
}

/** Fen → yuan text. */
export function yuan(amountFen: number, decimals = 2): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  const zeros = '0'.repeat(Math.max(0, decimals - 2))
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}${zeros}`
}

/** A trade bill (ALL) of `rowCount` invented rows: nine payments, then one refund, and so on. */
export function makeTradeBill(rowCount: number): Buffer {
  const sums = { settlement: 0, refund: 0, fee: 0, requested: 0 }
  const rows = Array.from({ length: rowCount }, (_, index) => {
    const isRefund = index % 10 === 9
    const amount = 100 + ((index * 7_919) % 90_000)
    const fee = Math.round(amount * 0.006)
    sums.settlement += isRefund ? 0 : amount
    sums.refund += isRefund ? amount : 0
    sums.requested += isRefund ? amount : 0
    sums.fee += isRefund ? -fee : fee
    return isRefund ? refundCells(index, amount, fee) : paymentCells(index, amount, fee)
  })
  const totals = [
    ...[String(rowCount), yuan(sums.settlement), yuan(sums.refund), '0.00', yuan(sums.fee, 5)],
    ...[yuan(sums.settlement), yuan(sums.requested)],
  ]
  return Buffer.from(writeBill({ columns: TRADE_COLUMNS, rows, totalColumns: TRADE_TOTALS, totals }))
}

/** One row a second; after a whole day it starts again. */
function timeOf(index: number): string {
  const second = index % 86_400
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `2026-11-22 ${two(second / 3_600)}:${two((second / 60) % 60)}:${two(second % 60)}`
}

const number = (index: number, digits: number) => String(index).padStart(digits, '0')

function headCells(index: number, state: string): string[] {
  return [
    ...[timeOf(index), 'wx0123456789abcdef', '1900000001', '0', ''],
    ...[`4200002026112200${number(index, 12)}`, `ZY20261122${number(index, 14)}`],
    ...[`oTestUser${number(index, 19)}`, 'JSAPI', state, 'OTHERS', 'CNY'],
  ]
}

function paymentCells(index: number, amount: number, fee: number): string[] {
  return [
    ...headCells(index, 'SUCCESS'),
    ...[yuan(amount), '0.00', '0', '0', '0.00', '0.00', '', '', '门诊预交金充值', `{"visit":${index}}`],
    ...[yuan(fee, 5), '0.60%', yuan(amount), '0.00', ''],
  ]
}

function refundCells(index: number, amount: number, fee: number): string[] {
  return [
    ...headCells(index, 'REFUND'),
    ...['0.00', '0.00', `5030002026112200${number(index, 12)}`, `TK20261122${number(index, 14)}`],
    ...[yuan(amount), '0.00', 'ORIGINAL', 'SUCCESS', '门诊预交金充值', `{"visit":${index}}`],
    ...[yuan(-fee, 5), '0.60%', '0.00', yuan(amount), ''],
  ]
}

/** A fund-flow bill of `rowCount` invented rows: nine out, then one in that is larger than they, and so on. */
export function makeFundFlowBill(rowCount: number, openingFen = 100_000_000): Buffer {
  let balance = openingFen
  const sums = { inCount: 0, in: 0, outCount: 0, out: 0 }
  const rows = Array.from({ length: rowCount }, (_, index) => {
    const isIn = index % 10 === 9
    const amount = isIn ? 900_000 : 100 + ((index * 7_919) % 90_000)
    balance += isIn ? amount : -amount
    sums[isIn ? 'inCount' : 'outCount'] += 1
    sums[isIn ? 'in' : 'out'] += amount
    return [
      ...[timeOf(index), `1330000${number(index, 21)}`, `4200002026112200${number(index, 12)}`],
      ...(isIn ? ['充值', '运营账户充值', '收入'] : ['商家转账', '商家转账', '支出']),
      ...[yuan(amount), yuan(balance), '1900000001API', '门诊预交金退款', `TK20261122${number(index, 14)}`],
    ]
  })
  const totals = [`${rowCount}.0`, `${sums.inCount}.0`, yuan(sums.in), `${sums.outCount}.0`, yuan(sums.out)]
  return Buffer.from(writeBill({ columns: FUND_FLOW_COLUMNS, rows, totalColumns: FUND_FLOW_TOTALS, totals }))
}
