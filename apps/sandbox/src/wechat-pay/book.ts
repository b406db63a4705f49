import { BoundedMap } from '../kit/bounded-map.ts'

/** A simulator runs for days: the oldest go first. */
const MAX_KEPT = 50_000

export interface BookKeys<T> {
  readonly byNumber: (item: T) => string
  readonly byId: (item: T) => string
}

/** Things with two numbers (the merchant's and WeChat's), and those of them that time still has to move on. */
export class Book<T> {
  readonly #keys: BookKeys<T>
  readonly #byNumber = new BoundedMap<string, T>(MAX_KEPT)
  readonly #byId = new BoundedMap<string, T>(MAX_KEPT)
  readonly #live = new Set<T>()

  constructor(keys: BookKeys<T>, kept: readonly T[] = []) {
    this.#keys = keys
    for (const item of kept) this.put(item)
  }

  /** Adds the item, or has time look at it again. */
  put(item: T): void {
    this.#byNumber.set(this.#keys.byNumber(item), item)
    this.#byId.set(this.#keys.byId(item), item)
    this.#live.add(item)
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
}
