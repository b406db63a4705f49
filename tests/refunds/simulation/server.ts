import type { HisPort } from '@zhangyi/his'
import { Checks } from '@zhangyi/server'
import { eventsByPurpose, paymentsWork } from '../../../apps/server/src/payments/index.ts'
import { buildClients } from '../../../apps/server/src/platform/clients/build-clients.ts'
import type { Database } from '../../../apps/server/src/platform/database/database.ts'
import type { Platform } from '../../../apps/server/src/platform/platform.ts'
import { refundsEvents, refundsWork } from '../../../apps/server/src/refunds/index.ts'
import type { RefundsRoom } from '../../../apps/server/src/refunds/room.ts'
import type { RefundsRig } from '../refunds-rig.ts'

/** The process died: nothing that it was doing goes on. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

export interface ServerParts {
  readonly rig: RefundsRig
  readonly his: HisPort
  /** Around each transaction and each outside call. */
  readonly around: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * One process of the gateway, as far as refunds go, without HTTP: the rooms as `app.ts` wires them. It may be told to die
 * at any transaction or outside call, before or after it.
 */
export class Server {
  readonly room: RefundsRoom
  readonly #work: readonly { runDue(clock: RefundsRig['clock'], limit: number): Promise<number> }[]
  readonly #clock: RefundsRig['clock']
  /** Transactions and outside calls so far. */
  points = 0
  #dead = false
  #dies: { readonly at: number; readonly when: 'before' | 'after' } | undefined

  constructor({ rig, his, around }: ServerParts) {
    this.#clock = rig.clock
    const point = <T>(work: () => Promise<T>): Promise<T> => around(() => this.#pass(work))
    const database: Database = Object.create(rig.database, {
      inTransaction: {
        value: ((hospital, fn) =>
          point(() => rig.database.inTransaction(hospital, fn))) as Database['inTransaction'],
      },
    })
    const unlogged: Database = Object.create(rig.database, {
      inTransaction: { value: async () => undefined },
    })
    const platform: Platform = {
      ...{ settings: rig.settings, hospitals: rig.hospitals, clock: rig.clock, cipher: rig.cipher, database },
      ...{ log: rig.app.http.log, checks: new Checks(), publicOrigin: rig.origin },
      fetch: (input, init) => point(() => rig.send(input, init)),
    }
    const room = {
      ...{ ...platform, jobs: { wake: async () => {} }, nationalIdentity: () => undefined },
      // The log of outside calls is nobody's money.
      clients: buildClients({ ...platform, database: unlogged }, () => passing(his, point)),
    }
    const unused = { paid: async () => {}, closed: async () => {}, refundSettled: async () => {} }
    this.room = { ...room, events: eventsByPurpose({ visits: unused, deposits: refundsEvents(room) }) }
    this.#work = [paymentsWork(this.room), refundsWork(this.room)]
  }

  get isDead(): boolean {
    return this.#dead
  }

  /** At the `after`-th point from now. */
  dieIn(after: number, when: 'before' | 'after'): void {
    this.#dies = { at: this.points + after, when }
  }

  /** The work that is due now, until nothing more is. */
  async run(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      let done = 0
      for (const one of this.#work) done += await one.runDue(this.#clock, 1_000)
      if (done === 0 || this.#dead) return
    }
  }

  async #pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#dead) throw new Crash('dead')
    this.points += 1
    const dies = this.#dies?.at === this.points ? this.#dies.when : undefined
    if (dies === 'before') this.#die()
    const result = await work()
    if (dies === 'after') this.#die()
    return result
  }

  #die(): never {
    this.#dead = true
    throw new Crash('killed')
  }
}

/** Every operation of the port is a point, too. */
function passing(port: HisPort, point: <T>(work: () => Promise<T>) => Promise<T>): HisPort {
  const wrap = <G extends object>(group: G): G =>
    Object.fromEntries(
      Object.entries(group).map(([name, ask]) => [
        name,
        (...input: unknown[]) => point(() => (ask as (...given: unknown[]) => Promise<unknown>)(...input)),
      ]),
    ) as G
  const { archives, balances, deposits, deductions } = port
  return {
    ...{ ...port, archives: wrap(archives) },
    ...(balances && { balances: wrap(balances) }),
    ...(deposits && { deposits: wrap(deposits) }),
    ...(deductions && { deductions: wrap(deductions) }),
  }
}
