import { type Clock, MINUTE_MS } from '@zhangyi/core'
import { AppError } from '../../errors/catalogue.ts'

const MOST_TRIES = 10
const WINDOW_MS = 15 * MINUTE_MS
const MOST_ADDRESSES = 10_000

/** Wrong passwords by address. In this process only: the account itself counts them for all. */
export class Tries {
  readonly #clock: Clock
  readonly #wrong = new Map<string, { count: number; readonly sinceMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  requireLeft(address: string): void {
    const known = this.#wrong.get(address)
    if (!known) return
    if (this.#clock.nowMs() - known.sinceMs >= WINDOW_MS) this.#wrong.delete(address)
    else if (known.count >= MOST_TRIES)
      throw new AppError('too-many-requests', { zh: '试错太多次，请 15 分钟之后再试。' })
  }

  count(address: string): void {
    const known = this.#wrong.get(address)
    if (known) known.count++
    else this.#wrong.set(address, { count: 1, sinceMs: this.#clock.nowMs() })
    if (this.#wrong.size > MOST_ADDRESSES)
      for (const oldest of this.#wrong.keys()) return void this.#wrong.delete(oldest)
  }
}
