import { type Clock, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'

/** WeChat believes five minutes of difference, and a lease is some minutes: below, between and far above. */
export const SKEWS_MS = [10 * SECOND_MS, 4 * MINUTE_MS, 20 * MINUTE_MS, 2 * HOUR_MS].flatMap((ms) => [
  ms,
  -ms,
])
export const MOST_SKEWED_MS = Math.max(...SKEWS_MS)

/** The clock of one machine beside that of the world: it jumps, either way, until somebody sets it right. */
export class SkewedClock implements Clock {
  readonly #world: Clock
  skewMs = 0

  constructor(world: Clock) {
    this.#world = world
  }

  nowMs(): number {
    return this.#world.nowMs() + this.skewMs
  }

  /** What is due by then is due for this machine, and for the world. */
  sureMs(): number {
    return this.#world.nowMs() + Math.min(0, this.skewMs)
  }
}
