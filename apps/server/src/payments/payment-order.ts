import type { Fen } from '@zhangyi/core'
import type { Channel } from '../platform/sessions/session.ts'

/** Rooms that take money. The name goes before `.paid` and the like in audit entries. */
export type PaymentPurpose = 'visits'

/**
 * `awaiting`: may still be paid. `paid`: a query (or a verified callback) said SUCCESS. `closed`: a query said that
 * it was never paid and can no longer be. Both ends are final; money for a closed order stands in suspense, with an audit
 * entry `payments.contradiction` and an alarm in the log.
 */
export type PaymentState = 'awaiting' | 'paid' | 'closed'

/** What a room asks for. `description` is what WeChat shows; no personal data in it. */
export interface NewPaymentOrder {
  readonly purpose: PaymentPurpose
  /** The room's own id; one live order a subject. */
  readonly subject: string
  readonly userId: string
  readonly appid: string
  readonly openid: string
  readonly channel: Channel
  readonly description: string
  readonly amountFen: Fen
  /** Until then the patient may pay. */
  readonly expiresAtMs: number
}

export interface PaymentOrder extends NewPaymentOrder {
  readonly id: string
  /** 商户订单号. */
  readonly outTradeNo: string
  readonly state: PaymentState
  readonly createdAtMs: number
  /** Only when paid. */
  readonly transactionId: string | undefined
  readonly paidAtMs: number | undefined
}

/**
 * - `under-way`: asked, or to be asked again; nobody can say.
 * - `done`: a query said SUCCESS.
 * - `needs-person`: ABNORMAL at WeChat, or refused for good: an operator must act. Never replaced by another refund.
 */
export type RefundState = 'under-way' | 'done' | 'needs-person'

export interface Refund {
  readonly id: string
  readonly paymentOrderId: string
  readonly amountFen: Fen
  readonly reason: string
  readonly state: RefundState
  /** Whither it goes in WeChat's words, e.g. 支付用户零钱. */
  readonly account: string | undefined
}
