import type { HisOperation } from '../operations.ts'

/**
 * - `unavailable`: no connection; nothing is done.
 * - `slow`: answers after `delayMs`; a change is carried out at once, so that `status` tells the truth meanwhile.
 * - `refused`: the HIS says no; nothing is done.
 * - `reply-lost`: done, but the caller never hears of it.
 * - `duplicate`: done, but the HIS answers `no('duplicate')`, as after a repetition by the bus in between. For
 *   changes only; a read does not take it.
 */
export type HisFaultKind = 'unavailable' | 'slow' | 'refused' | 'reply-lost' | 'duplicate'

export interface HisFault {
  readonly kind: HisFaultKind
  /** Every operation when absent. */
  readonly operation?: HisOperation
  readonly delayMs?: number
  /** How many calls it hits; stays until cleared when absent. */
  readonly times?: number
}

/** The faults that a test or a person ordered for the next calls; the oldest that fits is taken first. */
export class HisFaults {
  #faults: { readonly fault: HisFault; left: number }[] = []

  order(fault: HisFault): void {
    const { times = Number.POSITIVE_INFINITY } = fault
    if (!(times >= 1)) throw new RangeError('a fault hits at least one call')
    this.#faults.push({ fault: { ...fault }, left: times })
  }

  /** Those that still wait for a call. */
  list(): readonly HisFault[] {
    return this.#faults.map(({ fault, left }) =>
      left === Number.POSITIVE_INFINITY ? fault : { ...fault, times: left },
    )
  }

  clear(): void {
    this.#faults = []
  }

  /** Takes one hit of a fault of this kind for this operation, if one was ordered. */
  take(kind: HisFaultKind, operation: HisOperation): HisFault | undefined {
    const waiting = this.#faults.find(
      ({ fault }) => fault.kind === kind && (fault.operation ?? operation) === operation,
    )
    if (!waiting) return undefined
    waiting.left -= 1
    if (waiting.left <= 0) this.#faults = this.#faults.filter((one) => one !== waiting)
    return waiting.fault
  }
}
