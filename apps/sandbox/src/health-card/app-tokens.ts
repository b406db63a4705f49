import { randomBytes } from 'node:crypto'
import { type Clock, SECOND_MS } from '@zhangyi/core'
import { sameText } from '../kit/same-text.ts'

export const TOKEN_LIFETIME_SECONDS = 7_200

/** One token at a time: fetching another kills the predecessor, as the platform's users report. */
export class AppTokens {
  readonly #clock: Clock
  #current: { readonly token: string; readonly diesAtMs: number } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(): string {
    const token = randomBytes(16).toString('hex')
    this.#current = { token, diesAtMs: this.#clock.nowMs() + TOKEN_LIFETIME_SECONDS * SECOND_MS }
    return token
  }

  isValid(token: string): boolean {
    return (
      this.#current !== undefined &&
      this.#clock.nowMs() < this.#current.diesAtMs &&
      sameText(this.#current.token, token)
    )
  }

  revoke(): void {
    this.#current = undefined
  }
}
