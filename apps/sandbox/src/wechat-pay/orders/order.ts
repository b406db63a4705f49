import type { Fen } from '@zhangyi/core'

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

export interface Order {
  readonly outTradeNo: string
  /** Given beforehand, shown only once paid. */
  readonly transactionId: string
  readonly appid: string
  readonly openid: string
  readonly description: string
  readonly attach: string | undefined
  readonly totalFen: Fen
  readonly notifyUrl: string
  readonly createdMs: number
  readonly expiresMs: number
  /** The request's meaning as one text: the same number with another one is refused. */
  readonly fingerprint: string
  prepayId: string
  prepaidMs: number
  state: TradeState
  readonly refundNumbers: string[]
  paidMs?: number | undefined
  /** A query does not find it before this moment. */
  hiddenUntilMs?: number | undefined
}
