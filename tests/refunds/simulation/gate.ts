/**
 * One thing at a time: transactions and outside calls of all servers queue here, and dice say whose turn it is. So the
 * interleavings are as wild as with threads, and the same seed gives the same ones. A loose gate stands open: then the
 * database itself has to keep transactions apart, and no run is like another.
 */
export class Gate {
  readonly #below: (limit: number) => number
  readonly #loose: boolean
  readonly #waiting: (() => Promise<void>)[] = []
  #open = false

  constructor(below: (limit: number) => number, loose: boolean) {
    this.#below = below
    this.#loose = loose
  }

  enter<T>(work: () => Promise<T>): Promise<T> {
    if (this.#loose) return work()
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject))
      if (!this.#open) void this.#serve()
    })
  }

  async #serve(): Promise<void> {
    this.#open = true
    while (true) {
      // Whoever can go on after the last one has come to the gate by then.
      await new Promise((resolve) => setImmediate(resolve))
      const [next] = this.#waiting.splice(this.#below(this.#waiting.length), 1)
      if (!next) break
      await next()
    }
    this.#open = false
  }
}
