import type { Fen, Outcome } from '@zhangyi/core'

/**
 * 预交金: money that the patient paid in advance and the HIS keeps. A refund takes three steps, so that no fen is
 * paid twice or lost: the HIS holds the amount, we pay it out, and the HIS confirms the hold or, after a *queried*
 * failure of the payment, releases it.
 *
 * Each change carries the caller's `requestKey`, stored before the call. The same key must never act twice; a HIS
 * that cannot tell answers `no('duplicate', …)`. **Duplicate means query**: it says neither that the step took place
 * nor that it did not, so the caller asks `status` and believes that alone. The same after `unknown`.
 */
export interface HisDeposits {
  /** Takes `amount` out of what the patient can spend. `yes` names the hold; `no` confirms that nothing is held. */
  hold(request: HoldRequest, requestKey: string): Promise<Outcome<DepositHold>>
  /** The money reached the patient: books the held amount as refunded. Never before the payment is final. */
  confirm(request: HoldConfirmation, requestKey: string): Promise<Outcome<DepositHold>>
  /** The payment has finally failed: gives the held amount back to the patient's balance. */
  release(request: HoldRelease, requestKey: string): Promise<Outcome<DepositHold>>
  /**
   * What became of the hold that was asked for under this key; `undefined` means the HIS never received it and will
   * not carry it out later. Throws `HisError` if the HIS cannot say.
   */
  status(holdRequestKey: string): Promise<DepositHold | undefined>
}

export interface HoldRequest {
  readonly patid: string
  /** The deposit that it comes out of, where the HIS keeps several; absent: the balance as a whole. */
  readonly depositId: string | undefined
  readonly amount: Fen
}

export interface HoldConfirmation {
  readonly holdId: string
  readonly amount: Fen
  /** The order number under which the money was paid out; the HIS keeps it for reconciliation. */
  readonly refundNumber: string
  /** When the payment became final, as an ISO 8601 instant. */
  readonly paidAt: string
}

export interface HoldRelease {
  readonly holdId: string
  readonly amount: Fen
  /** Why, in words for the hospital's books; without personal data. */
  readonly reason: string
}

export interface DepositHold {
  /** The HIS's own number of the hold. */
  readonly holdId: string
  readonly patid: string
  readonly amount: Fen
  readonly state: DepositHoldState
}

/** `confirmed` and `released` are final: a hold never leaves them. */
export type DepositHoldState = 'held' | 'confirmed' | 'released'
