import type { Clock } from '@zhangyi/core'

/**
 * The time that a caller lives in. The sandbox's clock is moved by hand, and our own server moves with it; a stranger's
 * client signs by the real time and refuses answers that are not of it. So stamps of either time are taken, and answers
 * and callbacks carry the time that the last genuine request showed. Business time is the sandbox's alone.
 */
export class CallersClock implements Clock {
  readonly #sandbox: Clock
  readonly #real: Clock
  #showsReal = false

  /** `real` is left out where nobody lives in the real time (tests). */
  constructor(sandbox: Clock, real: Clock = sandbox) {
    this.#sandbox = sandbox
    this.#real = real
  }

  nowMs(): number {
    return (this.#showsReal ? this.#real : this.#sandbox).nowMs()
  }

  /** Whether a request's stamp lies within the window of either time. */
  accepts(stampMs: number, windowMs: number): boolean {
    return this.#near(this.#sandbox, stampMs, windowMs) || this.#near(this.#real, stampMs, windowMs)
  }

  /** A genuine request was stamped so. While the two times are the same, it tells nothing. */
  remember(stampMs: number, windowMs: number): void {
    const nearSandbox = this.#near(this.#sandbox, stampMs, windowMs)
    if (nearSandbox !== this.#near(this.#real, stampMs, windowMs)) this.#showsReal = !nearSandbox
  }

  // Written so that a stamp that is not a number is never near.
  #near(clock: Clock, stampMs: number, windowMs: number): boolean {
    return Math.abs(clock.nowMs() - stampMs) <= windowMs
  }
}
