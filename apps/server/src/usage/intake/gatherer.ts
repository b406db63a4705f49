import { AppError } from '../../platform/errors/catalogue.ts'

export interface GathererOptions<Item, Result> {
  /** Does all of them or none; the results in the order of the items. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>
  /** How much of a piece of work an item is. */
  readonly weigh: (item: Item) => number
  /** By weight; one item may be heavier, and then goes alone. */
  readonly mostAtOnce: number
  /** By weight. Beyond it nobody else is let in: what waits here is in memory only. */
  readonly mostWaiting: number
  /** How many pieces of work run at the same time. */
  readonly lanes: number
  /** So much, by weight, must wait before one more runs beside another: small ones would only cost more each. */
  readonly worthALane: number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Does things together: those that arrive while a commit is under way share the next one. Alone, a thing does not wait
 * for others. Nobody is answered before the work that holds his thing is done.
 */
export class Gatherer<Item, Result> {
  readonly #options: GathererOptions<Item, Result>
  #waiting: Waiting<Item, Result>[] = []
  #waitingWeight = 0
  #lanes = 0

  constructor(options: GathererOptions<Item, Result>) {
    this.#options = options
  }

  /** Throws `too-many-requests` when too many wait already. */
  add(item: Item): Promise<Result> {
    if (this.#waitingWeight >= this.#options.mostWaiting)
      return Promise.reject(new AppError('too-many-requests', { zh: '推送太快，请稍等一秒再发。' }))
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    this.#waiting.push({ item, resolve, reject })
    this.#waitingWeight += this.#options.weigh(item)
    const { lanes, worthALane } = this.#options
    if (this.#lanes === 0 || (this.#lanes < lanes && this.#waitingWeight >= worthALane)) {
      this.#lanes++
      // Those that came with the same packets are still being read.
      setImmediate(() => void this.#run())
    }
    return promise
  }

  async #run(): Promise<void> {
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      try {
        const results = await this.#options.work(batch.map(({ item }) => item))
        for (let index = 0; index < batch.length; index++) batch[index]?.resolve(results[index] as Result)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#lanes--
  }

  #take(): readonly Waiting<Item, Result>[] {
    const { weigh, mostAtOnce } = this.#options
    let [count, weight] = [0, 0]
    for (const { item } of this.#waiting) {
      const more = weigh(item)
      if (count > 0 && weight + more > mostAtOnce) break
      count++
      weight += more
    }
    const batch = this.#waiting.slice(0, count)
    this.#waiting = this.#waiting.slice(count)
    this.#waitingWeight -= weight
    return batch
  }
}
