import type { Clock } from '@zhangyi/core'

/** A clock that can be held at a moment of the past, for what has to happen as it would have happened then. */
export class MomentClock implements Clock {
  readonly #clock: Clock
  #heldMs: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  nowMs(): number {
    return this.#heldMs ?? this.#clock.nowMs()
  }

  /** Work that waits for nothing: whoever else reads the clock must not see it held. */
  at<T>(ms: number, work: () => T): T {
    this.#heldMs = ms
    try {
      return work()
    } finally {
      this.#heldMs = undefined
    }
  }
}
