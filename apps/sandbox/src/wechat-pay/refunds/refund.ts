import type { Fen } from '@zhangyi/core'

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL'

export interface Refund {
  readonly outRefundNo: string
  readonly refundId: string
  readonly transactionId: string
  readonly outTradeNo: string
  readonly openid: string
  readonly refundFen: Fen
  readonly totalFen: Fen
  readonly reason: string | undefined
  readonly notifyUrl: string | undefined
  readonly fingerprint: string
  readonly createdMs: number
  channel: 'ORIGINAL' | 'OTHER_BANKCARD'
  receivedAccount: string
  status: RefundStatus
  /** What becomes of it at `settlesMs`. */
  plan: 'SUCCESS' | 'CLOSED' | 'ABNORMAL'
  settlesMs: number
  /** The money goes back to the merchant's own card instead of the payer's. */
  toMerchantCard?: boolean | undefined
  successMs?: number | undefined
  /** How and when it ended at first: a bill does not learn what is done about an abnormal one later. */
  firstEnd?: { readonly status: 'SUCCESS' | 'CLOSED' | 'ABNORMAL'; readonly atMs: number } | undefined
  hiddenUntilMs?: number | undefined
}
