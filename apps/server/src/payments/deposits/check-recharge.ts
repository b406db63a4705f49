import type { RechargeRow } from './import-recharges.ts'

const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*]{6,32}$/
const TRANSACTION_ID = /^[0-9A-Za-z]{10,32}$/
const OPENID = /^[\w-]{1,128}$/
// Spreadsheets turn a long number into this, and its last digits are lost.
const SHORTENED = /^\d(\.\d+)?E\+?\d+$/i

/** Why a row cannot be a recharge that goes back by the original route, in Chinese; undefined where it can. */
export function refusalOf(row: RechargeRow, mchid: string | undefined, nowMs: number): string | undefined {
  if (mchid === undefined) return '本院没有配置微信支付商户号'
  return (
    numberProblem('商户订单号', row.outTradeNo, OUT_TRADE_NO) ??
    numberProblem('微信订单号', row.transactionId, TRANSACTION_ID) ??
    merchantProblem(row.mchid, mchid) ??
    moneyProblem(row) ??
    (row.openid !== undefined && !OPENID.test(row.openid) ? '用户标识不正确' : undefined) ??
    (row.paidAtMs > nowMs ? '付款时间在以后' : undefined)
  )
}

function numberProblem(name: string, text: string, form: RegExp): string | undefined {
  if (text === '') return `没有${name}，不能原路退回`
  if (SHORTENED.test(text)) return `${name}被表格软件改短了，请按文本重新导出`
  return form.test(text) ? undefined : `${name}不正确`
}

function merchantProblem(told: string, configured: string): string | undefined {
  if (told === '') return '没有商户号，不能原路退回'
  return told === configured
    ? undefined
    : `商户号 ${told.slice(0, 20)} 不是本院配置的 ${configured}，不能原路退回`
}

function moneyProblem({ paidFen, refundedFen }: RechargeRow): string | undefined {
  if (paidFen < 1) return '付款金额不正确'
  if (refundedFen < 0) return '已退金额不正确'
  return refundedFen > paidFen ? '已退金额比付款金额多' : undefined
}
