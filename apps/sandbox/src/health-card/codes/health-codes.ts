import { type Clock, MINUTE_MS } from '@zhangyi/core'
import { OneUseCodes } from './one-use-codes.ts'

const OLDER_LIVES_ON_MS = 5 * MINUTE_MS

/**
 * healthCode: one use, 30 minutes. A fresh one for the same card shortens its predecessor to five minutes, and
 * only the latest two are valid at all.
 */
export class HealthCodes {
  readonly #clock: Clock
  readonly #codes: OneUseCodes<string>
  readonly #latest = new Map<string, readonly string[]>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#codes = new OneUseCodes('healthCode', clock)
  }

  issue(healthCardId: string): string {
    const nowMs = this.#clock.nowMs()
    const [previous, older] = this.#latest.get(healthCardId) ?? []
    if (previous !== undefined) this.#codes.shorten(previous, nowMs + OLDER_LIVES_ON_MS)
    if (older !== undefined) this.#codes.shorten(older, nowMs)
    const code = this.#codes.issue(healthCardId)
    this.#latest.set(healthCardId, previous === undefined ? [code] : [code, previous])
    return code
  }

  /** The card's id. Spent at once, whatever becomes of the reply. */
  spend(code: string): string {
    return this.#codes.spend(code)
  }
}
