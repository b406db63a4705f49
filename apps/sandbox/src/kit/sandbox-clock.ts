import { type Clock, systemClock } from '@zhangyi/core'

/** Runs with the real time at an offset that people and tests can move. */
export class ManualOffsetClock implements Clock {
  #offsetMs = 0
  readonly #base: Clock

  constructor(base: Clock = systemClock) {
    this.#base = base
  }

  nowMs(): number {
    return this.#base.nowMs() + this.#offsetMs
  }

  advance(ms: number): void {
    this.#offsetMs += ms
  }

  set(ms: number): void {
    this.#offsetMs = ms - this.#base.nowMs()
  }
}
