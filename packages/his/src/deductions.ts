import type { Fen, Outcome } from '@zhangyi/core'

/**
 * 单步扣减: the degraded mode of a HIS that cannot hold. The amount is taken out *before* the payment; if the payment
 * fails finally, a reversal voucher (冲红) gives it back. Offered instead of `deposits`, never beside it.
 *
 * `no('duplicate', …)` means query, as everywhere with money: ask `status`, believe that alone.
 */
export interface HisDeductions {
  /** Takes the amount out of the balance for good. `no` confirms that nothing was taken. */
  deduct(request: DeductionRequest, requestKey: string): Promise<Outcome<Deduction>>
  /** Gives a deduction back. Absent: the HIS cannot, the amount stays in transit and only a reissue helps. */
  readonly reverse?: (request: DeductionReversal, requestKey: string) => Promise<Outcome<Deduction>>
  /** What became of the deduction asked for under this key; `undefined`: never received, and will not be carried out. */
  status(deductRequestKey: string): Promise<Deduction | undefined>
}

export interface DeductionRequest {
  readonly patid: string
  readonly amount: Fen
  /** The recharge it comes out of, where the HIS books by recharge. */
  readonly rechargeId: string | undefined
  /** Our number of the refund, for the HIS's books. */
  readonly refundNumber: string
}

export interface DeductionReversal {
  readonly deductionId: string
  readonly amount: Fen
  /** For the hospital's books; without personal data. */
  readonly reason: string
}

export interface Deduction {
  readonly deductionId: string
  readonly patid: string
  readonly amount: Fen
  /** The HIS's accounting voucher. */
  readonly voucherNumber: string | undefined
  /** `reversed` is final. */
  readonly state: 'deducted' | 'reversed'
  readonly reversalVoucherNumber: string | undefined
}
