import type { Fen } from '@zhangyi/core'

/** What the patient used of the account before: it is on no recharge, so recharges add up to more than the balance. */
export interface Spending {
  readonly patid: string
  readonly amount: Fen
}

/** An amount that waits for something, e.g. an unsettled visit. */
export interface AmountLock {
  readonly lockId: string
  readonly patid: string
  readonly amount: Fen
  /** In Chinese, for the patient. */
  readonly reason: string
  /** Whether the patient may still spend it here; then it is only kept from being paid back. */
  readonly spendable: boolean
}
