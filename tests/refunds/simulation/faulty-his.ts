import { type Clock, no, type Outcome, SECOND_MS, unknown } from '@zhangyi/core'
import { HisError, type HisPort, type SimulatedHospital } from '@zhangyi/his'
import type { Dice } from './dice.ts'

/** Shares of the calls; a HIS is down for a while now and then, too. */
const SHARES = {
  'no-answer': 0.03,
  'reply-lost': 0.05,
  duplicate: 0.02,
  'duplicate-undone': 0.01,
  busy: 0.03,
  refused: 0.01,
  'slow-commit': 0.01,
  'denied-commit': 0.01,
} as const
const READ_FAILS = 0.03
/** The engine believes no denial before half a minute. */
const DENIED_FOR_MS = 20 * SECOND_MS
const SLOW_FOR_MS = 90 * SECOND_MS

interface UnderWay {
  readonly dueMs: number
  readonly denied: boolean
  readonly carryOut: () => Promise<unknown>
}

/** The hospital's port with everything that a real one does to its callers, by dice. */
export class FaultyHis {
  readonly port: HisPort
  /** Down: nothing is answered, nothing done. */
  down = false
  /** Mended at the end. */
  faulty = true
  readonly #underWay = new Map<string, UnderWay>()
  readonly #clock: Clock
  readonly #dice: Dice

  constructor(hospital: () => SimulatedHospital, clock: Clock, dice: Dice) {
    this.#clock = clock
    this.#dice = dice
    const own = () => hospital().port
    const { deposits, deductions } = own()
    this.port = {
      ...own(),
      archives: { ...own().archives, find: (query) => this.#read(() => own().archives.find(query)) },
      balances: {
        of: (patid) => this.#read(() => balances().of(patid)),
        recharges: (query) => this.#read(() => balances().recharges(query)),
      },
      ...(deposits && {
        deposits: {
          hold: (request, key) => this.#change(key, () => deposits.hold(request, key)),
          confirm: (request, key) => this.#change(key, () => deposits.confirm(request, key)),
          release: (request, key) => this.#change(key, () => deposits.release(request, key)),
          status: (key) => this.#status(key, () => deposits.status(key)),
        },
      }),
      ...(deductions && {
        deductions: {
          deduct: (request, key) => this.#change(key, () => deductions.deduct(request, key)),
          ...(deductions.reverse && {
            reverse: (request, key) =>
              this.#change(key, async () => (await deductions.reverse?.(request, key)) ?? unknown('gone')),
          }),
          status: (key) => this.#status(key, () => deductions.status(key)),
        },
      }),
    }
    function balances() {
      const { balances: found } = own()
      if (!found) throw new Error('a HIS without balances')
      return found
    }
  }

  /** What was taken before and is committed by now. */
  async settle(): Promise<void> {
    for (const [key, { dueMs, carryOut }] of this.#underWay) {
      if (this.#clock.nowMs() < dueMs) continue
      this.#underWay.delete(key)
      await carryOut()
    }
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    await this.settle()
    if (this.down || (this.faulty && this.#dice.chance(READ_FAILS))) throw silent()
    return read()
  }

  async #status<T>(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    await this.settle()
    const waiting = this.#underWay.get(key)
    if (waiting && !waiting.denied) throw silent()
    return this.#read(read)
  }

  async #change<T>(key: string, carryOut: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    await this.settle()
    if (this.down) return unknown('no-answer')
    if (this.#underWay.has(key)) return unknown('busy')
    switch (this.#fault()) {
      case 'no-answer':
        return unknown('no-answer')
      case 'busy':
        return unknown('busy')
      case 'refused':
        return no('refused', 'the HIS refused')
      case 'duplicate-undone':
        return no('duplicate', 'the request came twice')
      case 'duplicate':
        await carryOut()
        return no('duplicate', 'the request came twice')
      case 'reply-lost':
        await carryOut()
        return unknown('reply-lost')
      case 'slow-commit':
        return this.#later(key, SLOW_FOR_MS, false, carryOut)
      case 'denied-commit':
        return this.#later(key, DENIED_FOR_MS, true, carryOut)
      case undefined:
        return carryOut()
    }
  }

  #later(key: string, ms: number, denied: boolean, carryOut: () => Promise<unknown>): Outcome<never> {
    this.#underWay.set(key, { dueMs: this.#clock.nowMs() + ms, denied, carryOut })
    return unknown('timeout')
  }

  #fault(): keyof typeof SHARES | undefined {
    if (!this.faulty) return undefined
    let left = this.#dice.below(10_000) / 10_000
    for (const kind of Object.keys(SHARES) as (keyof typeof SHARES)[]) {
      left -= SHARES[kind]
      if (left < 0) return kind
    }
    return undefined
  }
}

function silent(): HisError {
  return new HisError('unavailable', 'no-answer', 'the HIS does not answer')
}
