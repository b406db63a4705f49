import { type Clock, SECOND_MS } from '@zhangyi/core'
import type { RefundsRig } from '../refunds-rig.ts'
import type { Dice } from './dice.ts'

const SHARE = 0.03
const STORMY_SHARE = 0.15
/** WeChat refuses a signature of more than five minutes. */
const MOST_MS = 280 * SECOND_MS

/** A connection that breaks for who sent, while what was sent is on its way and arrives minutes later. */
export class SlowWire {
  /** Mended at the end. */
  faulty = true
  #underWay: { readonly dueMs: number; readonly arrive: () => Promise<unknown> }[] = []
  readonly #send: RefundsRig['send']
  readonly #clock: Clock
  readonly #dice: Dice
  readonly #share: number

  constructor({ send, clock }: Pick<RefundsRig, 'send' | 'clock'>, dice: Dice, isStormy: boolean) {
    this.#share = isStormy ? STORMY_SHARE : SHARE
    this.#send = send
    this.#clock = clock
    this.#dice = dice
  }

  readonly send: RefundsRig['send'] = async (input, init) => {
    await this.settle()
    if (!this.faulty || init?.method !== 'POST' || !this.#dice.chance(this.#share))
      return this.#send(input, init)
    const { signal: _, ...kept } = init
    const dueMs = this.#clock.nowMs() + this.#dice.between(SECOND_MS, MOST_MS)
    this.#underWay.push({ dueMs, arrive: () => this.#send(input, kept).catch(() => undefined) })
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
  }

  /** What arrives by now. */
  async settle(): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const due = this.#underWay.filter(({ dueMs }) => dueMs <= nowMs)
    this.#underWay = this.#underWay.filter(({ dueMs }) => dueMs > nowMs)
    for (const { arrive } of due) await arrive()
  }
}
