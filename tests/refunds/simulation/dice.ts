import { seededRandom } from '../../../apps/server/src/payments/test-support/seeded-random.ts'

/** Everything that is left to chance, by one seed. */
export class Dice {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** A whole number from 0 and below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  chance(probability: number): boolean {
    return this.#random() < probability
  }

  /** Undefined of nothing. */
  of<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)]
  }

  /** One of them, by weight. */
  weighed<T>(all: readonly (readonly [weight: number, one: T])[]): T {
    let left = this.#random() * all.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, one] of all) {
      left -= weight
      if (left < 0) return one
    }
    throw new Error('nothing to choose from')
  }
}
