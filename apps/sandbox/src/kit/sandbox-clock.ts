import { type Clock, systemClock } from '@zhangyi/core'
import type { Store } from './store.ts'

/** Runs with the real time at an offset that people and tests can move. */
export class ManualOffsetClock implements Clock {
  #offsetMs: number
  readonly #base: Clock
  readonly #store: Store<number> | undefined

  /** `store` keeps the offset over restarts, as the simulators keep what happened at the moved time. */
  constructor(base: Clock = systemClock, store?: Store<number>) {
    this.#base = base
    this.#store = store
    this.#offsetMs = store?.load() ?? 0
  }

  get offsetMs(): number {
    return this.#offsetMs
  }

  nowMs(): number {
    return this.#base.nowMs() + this.#offsetMs
  }

  advance(ms: number): void {
    this.#offsetMs += ms
    this.#store?.save(this.#offsetMs)
  }

  set(ms: number): void {
    this.advance(ms - this.nowMs())
  }
}
