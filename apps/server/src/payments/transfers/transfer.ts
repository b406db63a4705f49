import type { Fen, Sensitive } from '@zhangyi/core'
import type { TransferState as WechatState } from '@zhangyi/wechat-pay'
import type { Contradicted, PaymentPurpose } from '../payment-order.ts'

/**
 * - `under-way`: nobody can say yet; looked at until somebody can.
 * - `to-confirm`: WeChat holds the money and waits for the patient.
 * - `not-funded`: refused for want of funds, and by query no bill exists. The number stays the number.
 * - `refused`: refused for good, and by query no bill exists. The number stays the number.
 * - `not-paid`: by query FAIL or CANCELLED; another number may follow (单边订单).
 * - `done`: by query SUCCESS. An end that never changes.
 * - `closed`: one of the three above it, and given up. An end: no number follows.
 * - `needs-person`: what WeChat says does not fit what was sent, or is past what it can be asked for.
 */
export type TransferState =
  | 'under-way'
  | 'to-confirm'
  | 'not-funded'
  | 'refused'
  | 'not-paid'
  | 'done'
  | 'closed'
  | 'needs-person'

export interface NewTransfer {
  readonly purpose: PaymentPurpose
  /** The room's own id of what is paid out; asked again for the same, it is the same transfer. */
  readonly subject: string
  /** Of the journal: the refund case that it belongs to. */
  readonly caseId: string
  readonly userId: string
  /** Of the app in which the patient confirms. */
  readonly appid: string
  readonly openid: string
  /** Verified name of the payee: WeChat pays nobody of another name, where the amount lets a name be sent. */
  readonly payee: Sensitive<string>
  readonly amountFen: Fen
}

export interface Transfer extends Contradicted {
  readonly id: string
  readonly purpose: PaymentPurpose
  readonly subject: string
  readonly amountFen: Fen
  readonly state: TransferState
  /** What a query said last of the newest number. */
  readonly wechatState: WechatState | undefined
  /** WeChat's, of FAIL. */
  readonly failReason: string | undefined
  readonly problem: string | undefined
  /** 商户单号: the newest. */
  readonly number: string
  /** 微信单号, once WeChat gave one. */
  readonly billNumber: string | undefined
  readonly createdAtMs: number
  /** First sending of the newest number: the patient's 24 hours begin about then. */
  readonly sentAtMs: number | undefined
  readonly doneAtMs: number | undefined
  readonly isCancelWished: boolean
}
