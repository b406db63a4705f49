/**
 * Faults that a test or a person orders for the next calls of a simulator.
 *
 * - `delay`: the reply comes after `delayMs`.
 * - `http-500`, `http-502`, `http-429`, `reset`: an error, a limit or a cut connection *without* carrying the call out.
 * - `reply-lost`, `http-500-after`: the call is carried out, then the connection is cut or a 500 answered.
 * - `malformed-json`: the call is carried out, the reply is cut in the middle.
 * - any other name belongs to one simulator (e.g. `card-management-outage`) and is asked for by it.
 */
export interface Fault {
  readonly kind: string
  /** The operation it is meant for (e.g. `getHealthCardByHealthCode`); every operation when absent. */
  readonly operation?: string | undefined
  readonly delayMs?: number | undefined
  /** Hits only this share of the calls (0 < probability ≤ 1), by a generator that starts from `seed`. */
  readonly probability?: number | undefined
  /** The same seed and the same calls give the same hits. */
  readonly seed?: number | undefined
  /** How many calls it hits; stays until removed when absent. */
  times?: number | undefined
}

const DEFAULT_SEED = 1

interface Ordered {
  readonly fault: Fault
  readonly random: () => number
}

export class Faults {
  #ordered: Ordered[] = []

  list(): readonly Fault[] {
    return this.#ordered.map(({ fault }) => fault)
  }

  order(fault: Fault): void {
    this.#ordered.push({ fault: { ...fault }, random: seededRandom(fault.seed ?? DEFAULT_SEED) })
  }

  clear(): void {
    this.#ordered = []
  }

  /** Takes one hit of a fault of this kind for this operation, if one was ordered and its dice say so. */
  take(kind: string, operation: string): Fault | undefined {
    const hit = this.#ordered.find(
      ({ fault, random }) =>
        fault.kind === kind &&
        (fault.operation ?? operation) === operation &&
        (fault.probability === undefined || random() < fault.probability),
    )
    if (!hit) return undefined
    const { fault } = hit
    if (fault.times !== undefined && --fault.times <= 0)
      this.#ordered = this.#ordered.filter((one) => one !== hit)
    return fault
  }
}

/** mulberry32: small, and the same numbers for the same seed on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
