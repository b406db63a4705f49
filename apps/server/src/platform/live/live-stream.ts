import type { ServerResponse } from 'node:http'
import type { Operator } from '../operators/accounts/account.ts'
import { type Change, heardBy } from './topics.ts'

/** How many hints wait for a browser that does not read. Beyond, it is told to look at everything. */
const MOST_WAITING = 200
/** For every topic. */
const EVERYTHING: Change = { hospital: '*', topic: '*' }

/** One browser that listens. What it cannot take at once is kept once, however often it happens. */
export class LiveStream {
  readonly who: Operator
  readonly #out: ServerResponse
  readonly #isStillIn: () => Promise<boolean>
  readonly #waiting = new Map<string, Change>()
  #isBehind = false
  #beatsMissed = 0

  constructor(who: Operator, out: ServerResponse, isStillIn: () => Promise<boolean>) {
    this.who = who
    this.#out = out
    this.#isStillIn = isStillIn
    out.on('drain', () => {
      this.#isBehind = false
      this.#beatsMissed = 0
      this.#flush()
    })
  }

  tell(changes: readonly Change[]): void {
    for (const change of changes) {
      const heard = heardBy(this.who, change)
      if (heard) this.#waiting.set(`${heard.hospital} ${heard.topic}`, heard)
    }
    if (this.#waiting.size > MOST_WAITING) this.tellEverything()
    else this.#flush()
  }

  tellEverything(): void {
    this.#waiting.clear()
    this.#waiting.set('*', EVERYTHING)
    this.#flush()
  }

  /** Keeps proxies from closing it. Who does not read for two of them is let go. */
  beat(): void {
    if (!this.#isBehind) this.#write(':\n\n')
    else if (++this.#beatsMissed >= 2) this.end()
  }

  /** Ends it unless its session goes on; a database that is away is no reason. */
  async look(): Promise<void> {
    const isIn = await this.#isStillIn().catch(() => true)
    if (!isIn) this.end()
  }

  end(): void {
    if (this.#isBehind) this.#out.destroy()
    else this.#out.end()
  }

  #flush(): void {
    if (this.#isBehind || this.#waiting.size === 0) return
    const events = [...this.#waiting.values()].map((change) => `data: ${JSON.stringify(change)}\n\n`)
    this.#waiting.clear()
    this.#write(events.join(''))
  }

  #write(text: string): void {
    if (this.#out.writable) this.#isBehind = !this.#out.write(text)
  }
}
