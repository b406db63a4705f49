import type { RefundsRig } from '../refunds-rig.ts'

/** What passed on the wire under one number. Moments are counted, not timed. */
interface Sighting {
  underWay: number
  /** When the last sending had its answer, or lost it. */
  endedAt: number
  /** When the last question was put that was answered. */
  askedAt: number
  wasLost: boolean
  wasRefused: boolean
  wasRefusedClearly: boolean
}

export interface WireSummary {
  /** Numbers that were sent. */
  readonly sent: number
  /** A sending of it went without an answer that says anything. */
  readonly lost: number
  /** And another one was refused. */
  readonly lostAndRefused: number
}

const SENT = /\/(?:mch-transfer\/transfer-bills|refund\/domestic\/refunds)$/
const ASKED = /\/(?:transfer-bills\/out-bill-no|refund\/domestic\/refunds)\/(\w+)$/

/** A witness between the servers and WeChat. It belongs to neither, so it makes no mistake of theirs. */
export class Wire {
  readonly #send: RefundsRig['send']
  readonly #seen = new Map<string, Sighting>()
  #moment = 0

  constructor({ send }: Pick<RefundsRig, 'send'>) {
    this.#send = send
  }

  readonly send: RefundsRig['send'] = (input, init = {}) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname
    if (init.method === 'POST' && SENT.test(path)) return this.#sending(input, init)
    const [, asked] = init.method === 'GET' ? (ASKED.exec(path) ?? []) : []
    return asked === undefined ? this.#send(input, init) : this.#asking(asked, input, init)
  }

  /** Of a number that was never sent nothing is left to ask. */
  isAsked(number: string): boolean {
    const seen = this.#seen.get(number)
    return seen === undefined || (seen.underWay === 0 && seen.askedAt > seen.endedAt)
  }

  /** Whether WeChat ever refused it while no sending before was without an answer. */
  isRefusedClearly(number: string): boolean {
    // What a server sent that has no wire of ours nobody can say.
    return this.#seen.get(number)?.wasRefusedClearly ?? true
  }

  /** A sending went without an answer, and another one was refused. */
  get lostAndRefused(): readonly string[] {
    return [...this.#seen].flatMap(([number, seen]) => (seen.wasLost && seen.wasRefused ? [number] : []))
  }

  get summary(): WireSummary {
    const all = [...this.#seen.values()]
    return {
      sent: all.length,
      lost: all.filter(({ wasLost }) => wasLost).length,
      lostAndRefused: this.lostAndRefused.length,
    }
  }

  async #sending(...[input, init = {}]: Parameters<RefundsRig['send']>): Promise<Response> {
    const { out_bill_no, out_refund_no } = JSON.parse(String(init.body))
    const seen = this.#of(String(out_bill_no ?? out_refund_no))
    const isDoubtful = seen.wasLost
    seen.underWay += 1
    try {
      const answer = await this.#send(input, init)
      if (answer.status >= 500) seen.wasLost = true
      else if (answer.status >= 400) {
        seen.wasRefused = true
        seen.wasRefusedClearly ||= !isDoubtful
      }
      return answer
    } catch (error) {
      seen.wasLost = true
      throw error
    } finally {
      seen.underWay -= 1
      seen.endedAt = ++this.#moment
    }
  }

  async #asking(number: string, ...request: Parameters<RefundsRig['send']>): Promise<Response> {
    const startedAt = ++this.#moment
    const answer = await this.#send(...request)
    if (answer.status === 200 || answer.status === 404) this.#of(number).askedAt = startedAt
    return answer
  }

  #of(number: string): Sighting {
    const known = this.#seen.get(number)
    if (known) return known
    const made: Sighting = {
      ...{ underWay: 0, endedAt: 0, askedAt: 0 },
      ...{ wasLost: false, wasRefused: false, wasRefusedClearly: false },
    }
    this.#seen.set(number, made)
    return made
  }
}
