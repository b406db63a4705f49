import { addFen, type Fen, fen, subtractFen } from '@zhangyi/core'

/** The oldest entries go first; balances stay right, as they are kept beside them. */
const MAX_ENTRIES = 200_000

/** `outside` is the bank, `waiting` holds refunds on their way, `locked` transfers that wait for their payee. */
export type Account = 'outside' | 'basic' | 'operation' | 'locked' | 'waiting' | `user:${string}`

export type EntryKind =
  | 'payment'
  | 'refund-held'
  | 'refund-paid'
  | 'refund-returned'
  | 'refund-to-merchant-card'
  | 'transfer-locked'
  | 'transfer-paid'
  | 'transfer-returned'
  | 'top-up'
  | 'withdrawal'

/** One movement of money: it leaves one account and reaches another, so the sum of all accounts is always zero. */
export interface Entry {
  readonly sequence: number
  readonly atMs: number
  readonly kind: EntryKind
  readonly from: Account
  readonly to: Account
  readonly amountFen: Fen
  /** The merchant's number: out_trade_no, out_refund_no or out_bill_no. */
  readonly number: string
  /** WeChat's number for the same thing. */
  readonly wechatNumber: string
}

export class LedgerError extends Error {
  override readonly name = 'LedgerError'
}

export interface KeptLedger {
  readonly entries: readonly Entry[]
  readonly balances: Readonly<Record<string, number>>
  readonly sequence: number
}

/** The simulation's own double-entry books: what they say was paid, was paid. */
export class Ledger {
  #entries: Entry[]
  #sequence: number
  readonly #balances: Map<string, Fen>

  constructor(kept?: KeptLedger) {
    this.#entries = [...(kept?.entries ?? [])]
    this.#sequence = kept?.sequence ?? 0
    this.#balances = new Map(Object.entries(kept?.balances ?? {}).map(([key, value]) => [key, fen(value)]))
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  balance(account: Account): Fen {
    return this.#balances.get(account) ?? fen(0)
  }

  /** Throws LedgerError when an account of the merchant would fall below zero: a bug of the simulation. */
  post(entry: Omit<Entry, 'sequence'>): void {
    const { from, to, amountFen } = entry
    if (amountFen <= 0 || from === to) throw new LedgerError(`not a movement of money: ${from} to ${to}`)
    const left = subtractFen(this.balance(from), amountFen)
    if (left < 0 && from !== 'outside' && !from.startsWith('user:'))
      throw new LedgerError(`${from} would fall to ${left} fen`)
    // Both sums before either is kept: one that can not be formed must not leave half a movement.
    const reached = addFen(this.balance(to), amountFen)
    this.#balances.set(from, left)
    this.#balances.set(to, reached)
    this.#entries.push({ ...entry, sequence: ++this.#sequence })
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(MAX_ENTRIES / 10)
  }

  /** The sum over all accounts: zero, or money was made or lost. */
  sum(): Fen {
    return addFen(...this.#balances.values())
  }

  get complete(): boolean {
    return this.#entries.length === this.#sequence
  }

  get kept(): KeptLedger {
    return {
      entries: this.#entries,
      balances: Object.fromEntries(this.#balances),
      sequence: this.#sequence,
    }
  }
}
