import { fen } from '@zhangyi/core'
import type { Store } from '../kit/store.ts'
import type { KeptLedger } from './accounts/ledger.ts'
import type { Callback } from './callbacks/callback.ts'
import type { PayKeys } from './keys/make-keys.ts'
import type { Order } from './orders/order.ts'
import type { PersonTraits } from './people.ts'
import type { Claim, PayPlatform } from './platform.ts'
import type { Refund } from './refunds/refund.ts'
import type { PaySettings } from './settings.ts'
import type { Receipt } from './transfers/receipt.ts'
import type { Transfer } from './transfers/transfer.ts'

/** The persisted form: plain JSON. */
export interface KeptState {
  readonly keys: PayKeys | undefined
  readonly signing: { readonly publicKeyShare: number; readonly publicKeyOnly: boolean }
  readonly settings: PaySettings
  readonly ledger: KeptLedger
  readonly orders: readonly Order[]
  readonly transfers: readonly Transfer[]
  readonly refunds: readonly Refund[]
  readonly callbacks: readonly Callback[]
  readonly receipts: readonly (readonly [string, Receipt])[]
  readonly people: readonly (readonly [string, PersonTraits])[]
  readonly claims: readonly (readonly [string, Claim])[]
  readonly sequence: number
}

/** What both accounts hold on the first day: enough to play with, 50,000 yuan each. */
export const OPENING_FEN = fen(5_000_000)

// Saving writes everything, so under load it may take only this part of the time.
const SAVING_SHARE = 20
const SAVE_EVERY_MS = 250

/** Saves after changes, but not more often than is cheap; `now` saves at once (closing, slow ticks). */
export class Saver {
  readonly #platform: PayPlatform
  readonly #store: Store<unknown>
  #notBefore = 0

  constructor(platform: PayPlatform, store: Store<unknown>) {
    this.#platform = platform
    this.#store = store
  }

  save(now = false): void {
    const startedMs = performance.now()
    if (!this.#platform.changed || (!now && startedMs < this.#notBefore)) return
    this.#store.save(keep(this.#platform))
    this.#platform.changed = false
    const tookMs = performance.now() - startedMs
    this.#notBefore = performance.now() + Math.max(SAVE_EVERY_MS, tookMs * SAVING_SHARE)
  }
}

function keep(platform: PayPlatform): KeptState {
  const { keys, settings, ledger, orders, transfers, refunds, callbacks, sequence } = platform
  return {
    keys: keys.kept,
    signing: { publicKeyShare: keys.publicKeyShare, publicKeyOnly: keys.publicKeyOnly },
    ...{ settings, sequence, ledger: ledger.kept },
    orders: orders.all(),
    transfers: transfers.all(),
    refunds: refunds.all(),
    callbacks: callbacks.all(),
    receipts: [...platform.receipts],
    people: [...platform.people],
    claims: [...platform.claims],
  }
}
