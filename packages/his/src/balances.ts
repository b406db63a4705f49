import type { Fen } from '@zhangyi/core'

/** 预交金余额与充值记录. Reads only. */
export interface HisBalances {
  /** What the HIS keeps for one archive. Throws `HisError`, also for a patid that it does not know. */
  of(patid: string): Promise<DepositBalance>
  /** Recharges booked on days of the range, both included, oldest first; an empty list is an answer. */
  recharges(query: RechargeQuery): Promise<readonly Recharge[]>
}

/** `total` ≥ `available` ≥ `refundable` ≥ 0. */
export interface DepositBalance {
  readonly patid: string
  /** Everything on the account, what is held or locked included. */
  readonly total: Fen
  /** What the patient can spend now. */
  readonly available: Fen
  /** What may be paid back now. */
  readonly refundable: Fen
  /** Why less is refundable than is there, in Chinese for the patient (e.g. 有未结算的就诊); absent if all of it is. */
  readonly reason: string | undefined
}

export interface RechargeQuery extends DayRange {
  readonly patid: string
}

/** Calendar days `yyyy-MM-dd` in Asia/Shanghai, both included. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** How the patient paid. `other` keeps the HIS's own word in `channelName`. */
export type PaymentChannel = 'wechat' | 'alipay' | 'bank-card' | 'cash' | 'other'

export interface Recharge {
  /** The HIS's own number. */
  readonly rechargeId: string
  readonly patid: string
  /** 商户订单号 (`out_trade_no`) under which it was paid; without one it cannot go back by the original route. */
  readonly paymentNumber: string | undefined
  /** The channel's number (WeChat's `transaction_id`). */
  readonly channelNumber: string | undefined
  readonly channel: PaymentChannel
  readonly channelName: string | undefined
  readonly amount: Fen
  /** What has gone back of it before, held amounts not included. */
  readonly refunded: Fen
  /** ISO 8601 instant. */
  readonly paidAt: string
}
