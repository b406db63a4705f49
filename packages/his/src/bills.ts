import type { Fen } from '@zhangyi/core'
import type { PaymentChannel } from './balances.ts'

/** HIS 日账单, for the three-way reconciliation. */
export interface HisBills {
  /**
   * One page of a day's rows (`yyyy-MM-dd`, by the HIS's own booking time), in a stable order. `cursor` is the `next`
   * of the page before; `next: undefined` ends the day. Reading a day again gives the same rows.
   */
  page(day: string, cursor: string | undefined): Promise<HisBillPage>
}

export interface HisBillPage {
  readonly rows: readonly HisBillRow[]
  readonly next: string | undefined
}

export interface HisBillRow {
  /** The HIS's own number of the entry; unique in its books. */
  readonly hisNumber: string
  /** `recharge`, `payment`: money came in. `refund`: money went out. `reversal`: a refund was taken back. */
  readonly kind: 'recharge' | 'payment' | 'refund' | 'reversal'
  readonly patid: string | undefined
  /** Positive, whatever the kind. */
  readonly amount: Fen
  readonly channel: PaymentChannel
  /** 商户订单号 of the money that came in. */
  readonly paymentNumber: string | undefined
  /** Our number of a refund. */
  readonly refundNumber: string | undefined
  /** WeChat's number. */
  readonly channelNumber: string | undefined
  /** ISO 8601 instant at which the HIS booked it. */
  readonly bookedAt: string
}
