/**
 * Faults that a test or a person orders for the next calls of a simulator.
 *
 * - `reply-lost`: the call is carried out, then the connection is cut without a reply.
 * - `delay`: the reply comes after `delayMs`.
 * - `http-500`: a 500 without carrying the call out.
 * - `malformed-json`: the call is carried out, the reply is cut JSON.
 * - any other name belongs to one simulator (e.g. `card-management-outage`) and is asked for by it.
 */
export interface Fault {
  readonly kind: string
  /** The operation it is meant for (e.g. `getHealthCardByHealthCode`); every operation when absent. */
  readonly operation?: string | undefined
  readonly delayMs?: number | undefined
  /** How many calls it hits; stays until removed when absent. */
  times?: number | undefined
}

export class Faults {
  #faults: Fault[] = []

  list(): readonly Fault[] {
    return this.#faults
  }

  order(fault: Fault): void {
    this.#faults.push({ ...fault })
  }

  clear(): void {
    this.#faults = []
  }

  /** Takes one hit of a fault of this kind for this operation, if one was ordered. */
  take(kind: string, operation: string): Fault | undefined {
    const fault = this.#faults.find((one) => one.kind === kind && (one.operation ?? operation) === operation)
    if (!fault) return undefined
    if (fault.times !== undefined && --fault.times <= 0)
      this.#faults = this.#faults.filter((one) => one !== fault)
    return fault
  }
}
