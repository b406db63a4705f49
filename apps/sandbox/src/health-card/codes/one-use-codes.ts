import { randomBytes } from 'node:crypto'
import { type Clock, MINUTE_MS } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'
import { Refusal } from '../result-codes.ts'

export const CODE_LIFETIME_MS = 30 * MINUTE_MS

// Spent codes are remembered so that a second use is told from an unknown code; the oldest are forgotten.
const MAX_CODES_KEPT = 20_000

export type CodeKind = 'wechatCode' | 'healthCode' | 'regInfoCode' | 'authCode'

export interface OneUseCode<T> {
  readonly value: T
  readonly issuedAtMs: number
  diesAtMs: number
  spent: boolean
}

/** Codes of one kind: each is good for one use within 30 minutes. */
export class OneUseCodes<T> {
  readonly #kind: CodeKind
  readonly #clock: Clock
  readonly #codes = new BoundedMap<string, OneUseCode<T>>(MAX_CODES_KEPT)

  constructor(kind: CodeKind, clock: Clock) {
    this.#kind = kind
    this.#clock = clock
  }

  issue(value: T): string {
    const code = randomBytes(16).toString('hex')
    const nowMs = this.#clock.nowMs()
    this.#codes.set(code, { value, issuedAtMs: nowMs, diesAtMs: nowMs + CODE_LIFETIME_MS, spent: false })
    return code
  }

  /** Looks without spending; refuses a code that is unknown, spent or dead. */
  look(code: string): OneUseCode<T> {
    const entry = this.#codes.get(code)
    if (!entry) throw new Refusal(`${this.#kind}Invalid`)
    if (entry.spent) throw new Refusal(`${this.#kind}Used`)
    if (entry.diesAtMs <= this.#clock.nowMs()) throw new Refusal(`${this.#kind}Expired`)
    return entry
  }

  spend(code: string): T {
    const entry = this.look(code)
    entry.spent = true
    return entry.value
  }

  /** Spends a code whose time may have run out while the patient was on the platform's pages. */
  spendLate(code: string): T {
    const entry = this.#codes.get(code)
    if (!entry) throw new Refusal(`${this.#kind}Invalid`)
    if (entry.spent) throw new Refusal(`${this.#kind}Used`)
    entry.spent = true
    return entry.value
  }

  isSpent(code: string): boolean {
    return this.#codes.get(code)?.spent === true
  }

  /** Brings a code's end forward, never back. */
  shorten(code: string, diesAtMs: number): void {
    const entry = this.#codes.get(code)
    if (entry) entry.diesAtMs = Math.min(entry.diesAtMs, diesAtMs)
  }
}
