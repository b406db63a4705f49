/** A simulator runs for days: the oldest go first, but none that time still has to move on (its money is held). */
const MAX_KEPT = 50_000
/** How much more there may be before the oldest are looked for: each search goes through everything. */
const SLACK = 1.1

export interface BookKeys<T> {
  readonly byNumber: (item: T) => string
  readonly byId: (item: T) => string
}

/** Things with two numbers (the merchant's and WeChat's), and those of them that time still has to move on. */
export class Book<T> {
  readonly #keys: BookKeys<T>
  readonly #byNumber = new Map<string, T>()
  readonly #byId = new Map<string, T>()
  readonly #live = new Set<T>()
  #forgetAbove = MAX_KEPT * SLACK

  constructor(keys: BookKeys<T>, kept: readonly T[] = []) {
    this.#keys = keys
    for (const item of kept) this.put(item)
  }

  /** Adds the item, or has time look at it again. */
  put(item: T): void {
    this.#byNumber.set(this.#keys.byNumber(item), item)
    this.#byId.set(this.#keys.byId(item), item)
    this.#live.add(item)
    if (this.#byNumber.size > this.#forgetAbove) this.#forget()
  }

  byNumber(number: string): T | undefined {
    return this.#byNumber.get(number)
  }

  byId(id: string): T | undefined {
    return this.#byId.get(id)
  }

  all(): readonly T[] {
    return [...this.#byNumber.values()]
  }

  newest(count: number): readonly T[] {
    return this.all().slice(-count).reverse()
  }

  find(wanted: (item: T) => boolean): T | undefined {
    return this.all().findLast(wanted)
  }

  live(): Iterable<T> {
    return this.#live
  }

  settle(item: T): void {
    this.#live.delete(item)
  }

  #forget(): void {
    for (const [number, item] of this.#byNumber) {
      if (this.#byNumber.size <= MAX_KEPT) break
      if (this.#live.has(item)) continue
      this.#byNumber.delete(number)
      this.#byId.delete(this.#keys.byId(item))
    }
    this.#forgetAbove = Math.max(MAX_KEPT, this.#byNumber.size) * SLACK
  }
}
