import type { Fen } from '@zhangyi/core'
import type { Channel } from '../platform/sessions/session.ts'

/**
 * What money is for; the name goes before `.paid` and the like in audit entries. `visits`: bookings and bills.
 * `deposits`: recharges that go back, and transfers out of the hospital's own account for them.
 */
const PAYMENT_PURPOSES = ['visits', 'deposits'] as const
export type PaymentPurpose = (typeof PAYMENT_PURPOSES)[number]

/**
 * `awaiting`: may still be paid. `paid`: a query (or a verified callback) said SUCCESS. `closed`: a query said that
 * it was never paid and can no longer be. Both ends are final; money for a closed order stands in suspense, with an audit
 * entry `payments.contradiction` and an alarm in the log.
 */
export type PaymentState = 'awaiting' | 'paid' | 'closed'

/** What a room asks for. `description` is what WeChat shows; no personal data in it. */
export interface NewPaymentOrder {
  readonly purpose: Exclude<PaymentPurpose, 'deposits'>
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

export interface PaymentOrder
  extends Pick<NewPaymentOrder, 'subject' | 'description' | 'amountFen' | 'expiresAtMs'> {
  readonly id: string
  readonly purpose: PaymentPurpose
  /** Undefined, all three, for a recharge that was imported. */
  readonly userId: string | undefined
  readonly appid: string | undefined
  readonly openid: string | undefined
  /** 商户订单号. */
  readonly outTradeNo: string
  readonly state: PaymentState
  readonly createdAtMs: number
  /** Only when paid. */
  readonly transactionId: string | undefined
  readonly paidAtMs: number | undefined
  /** When WeChat said that it is paid or closed. */
  readonly settledAtMs: number | undefined
  /** Why a person has to look: what WeChat says does not fit it, or contradicts its end. */
  readonly problem: string | undefined
  /** A person dealt with it. */
  readonly problemDoneAtMs: number | undefined
}

/** One that was made here: its payer is known. */
export interface OwnPaymentOrder extends PaymentOrder, Pick<NewPaymentOrder, 'channel'> {
  readonly purpose: NewPaymentOrder['purpose']
  readonly userId: string
  readonly appid: string
  readonly openid: string
}

/**
 * - `under-way`: asked, or to be asked again; nobody can say.
 * - `done`: a query said SUCCESS.
 * - `needs-person`: ABNORMAL at WeChat, or refused for good: an operator must act. Never replaced by another refund.
 * - `not-paid`, `refused`, `closed`: of deposits only. By query CLOSED, and closed too often for another number without a
 *   person; refused for good, and by query no refund exists; one of these two, and given up.
 */
export type RefundState = 'under-way' | 'done' | 'needs-person' | 'not-paid' | 'refused' | 'closed'

/** Of a transfer or refund: what WeChat said against its end. */
export interface Contradicted {
  /** All of it; by another text a person sees that WeChat said something else. */
  readonly contradiction: string | undefined
  /** When a person said that it was dealt with. */
  readonly problemDoneAtMs: number | undefined
}

export interface Refund extends Contradicted {
  readonly id: string
  readonly paymentOrderId: string
  readonly amountFen: Fen
  readonly reason: string
  readonly state: RefundState
  /** Why it is not paid: WeChat's code where it refused, else a word of ours: `abnormal`, `closed-too-often` … */
  readonly problem: string | undefined
  /** Whither it goes in WeChat's words, e.g. 支付用户零钱. */
  readonly account: string | undefined
  /** 商户退款单号 that a query found paid. */
  readonly number: string | undefined
  /** Of a deposit: the refund case that it belongs to. */
  readonly caseId: string | undefined
  readonly createdAtMs: number
  readonly doneAtMs: number | undefined
}
