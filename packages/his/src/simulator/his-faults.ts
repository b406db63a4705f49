/**
 * - `unavailable`: no connection; nothing is done.
 * - `reply-lost`: done, but the caller never hears of it.
 * - `refused`: the HIS says no.
 * - `slow`: answers after `delayMs`.
 */
export type HisFaultKind = 'unavailable' | 'reply-lost' | 'refused' | 'slow'

export interface HisFault {
  readonly kind: HisFaultKind
  /** `archives.find`, `archives.create`, `cards.bind`; every operation when absent. */
  readonly operation?: string
  readonly delayMs?: number
  /** How many calls it hits; stays until cleared when absent. */
  times?: number
}

export class HisFaults {
  #faults: HisFault[] = []

  order(fault: HisFault): void {
    this.#faults.push({ ...fault })
  }

  clear(): void {
    this.#faults = []
  }

  take(kind: HisFaultKind, operation: string): HisFault | undefined {
    const fault = this.#faults.find((one) => one.kind === kind && (one.operation ?? operation) === operation)
    if (!fault) return undefined
    if (fault.times !== undefined && --fault.times <= 0)
      this.#faults = this.#faults.filter((one) => one !== fault)
    return fault
  }
}
