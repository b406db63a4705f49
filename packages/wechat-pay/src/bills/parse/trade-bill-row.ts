import type { Fen } from '@zhangyi/core'
import type { ExtraColumns } from './columns.ts'

/** One payment or refund. Texts are the file's own, `''` where the cell is empty or the kind of bill lacks the column. */
export interface TradeBillRow {
  /** 交易时间, `yyyy-MM-dd HH:mm:ss` in Shanghai. */
  readonly tradeTime: string
  readonly tradeTimeMs: number
  readonly appid: string
  readonly mchid: string
  /** 特约商户号; the file writes `0` for an ordinary merchant. */
  readonly subMchid: string
  readonly deviceInfo: string
  readonly transactionId: string
  readonly outTradeNo: string
  readonly openid: string
  readonly tradeType: string
  /** 交易状态: SUCCESS, REFUND, REVOKED; not the interface's enum. */
  readonly tradeState: string
  readonly bankType: string
  readonly currency: string
  /** 应结订单金额: what the merchant gets, without the coupons that the merchant granted itself. */
  readonly settlementFen: Fen
  readonly couponFen: Fen
  /** `''` on a payment's row, where the file writes `0`. */
  readonly refundId: string
  readonly outRefundNo: string
  readonly refundFen: Fen
  readonly couponRefundFen: Fen
  readonly refundType: string
  /** 退款状态 when the file was made: SUCCESS, PROCESSING, FAIL, CHANGE; not the interface's enum. */
  readonly refundState: string
  readonly description: string
  readonly attach: string
  /** Negative where a refund gives the fee back. */
  readonly feeFen: Fen
  readonly feeRate: string
  /** 订单金额 */
  readonly totalFen: Fen
  /** 申请退款金额 */
  readonly requestedRefundFen: Fen
  readonly feeRateRemark: string
  /** Only in a REFUND bill. */
  readonly refundRequestedAtMs: number | undefined
  /** Only in a REFUND bill, and only of a refund that has succeeded. */
  readonly refundSucceededAtMs: number | undefined
  /** Only with `keepExtra`: columns that this version does not know. */
  readonly extra?: ExtraColumns
}

/** Sums over all rows, equal to the file's own summary. */
export interface TradeBillSummary {
  readonly rowCount: number
  readonly settlementFen: Fen
  readonly refundFen: Fen
  readonly couponRefundFen: Fen
  readonly feeFen: Fen
  readonly totalFen: Fen
  readonly requestedRefundFen: Fen
}
