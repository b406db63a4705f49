import type { HisPort } from '@zhangyi/his'
import { Checks } from '@zhangyi/server'
import { sql } from 'kysely'
import { eventsByPurpose, paymentsWork, receiptsWork } from '../../../apps/server/src/payments/index.ts'
import { buildClients } from '../../../apps/server/src/platform/clients/build-clients.ts'
import type { Database } from '../../../apps/server/src/platform/database/database.ts'
import type { DueWork } from '../../../apps/server/src/platform/jobs/due-work.ts'
import type { Platform } from '../../../apps/server/src/platform/platform.ts'
import { refundsEvents, refundsWork } from '../../../apps/server/src/refunds/index.ts'
import type { RefundsRoom } from '../../../apps/server/src/refunds/room.ts'
import type { RefundsRig } from '../refunds-rig.ts'
import { SkewedClock } from './skewed-clock.ts'

/** Tables of the payments room that are worked. */
const PAYMENTS = ['payment_notice', 'payment_order', 'refund_order', 'transfer_order', 'transfer_receipt']

/** What one room does may be work for the other, a few times. */
const MAX_ROUNDS = 20

/** The process died: nothing that it was doing goes on. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

export interface ServerParts {
  readonly rig: RefundsRig
  readonly his: HisPort
  /** To WeChat. */
  readonly send: RefundsRig['send']
  /** Around each transaction and each outside call. */
  readonly around: <T>(work: () => Promise<T>) => Promise<T>
  /** Told when a look at all that was due at that moment came to its end. */
  readonly looked: (atMs: number) => void
}

/**
 * One process of the gateway, as far as refunds go, without HTTP: the rooms as `app.ts` wires them. It may be told to die
 * at any transaction or outside call, before or after it.
 */
export class Server {
  readonly room: RefundsRoom
  readonly #payments: readonly DueWork[]
  readonly #refunds: DueWork
  readonly #rig: RefundsRig
  readonly #around: ServerParts['around']
  readonly #looked: ServerParts['looked']
  /** Of this machine: it may be wrong. */
  readonly clock: SkewedClock
  /** Transactions and outside calls so far. */
  points = 0
  #dead = false
  #dies: { readonly at: number; readonly when: 'before' | 'after' } | undefined

  constructor({ rig, his, send, around, looked }: ServerParts) {
    this.clock = new SkewedClock(rig.clock)
    this.#rig = rig
    this.#around = around
    this.#looked = looked
    const point = <T>(work: () => Promise<T>): Promise<T> => around(() => this.#pass(work))
    const database: Database = Object.create(rig.database, {
      inTransaction: {
        value: ((hospital, fn) =>
          point(() => rig.database.inTransaction(hospital, fn))) as Database['inTransaction'],
      },
      read: {
        value: ((hospital, fn) => point(() => rig.database.read(hospital, fn))) as Database['read'],
      },
    })
    const unlogged: Database = Object.create(rig.database, {
      inTransaction: { value: async () => undefined },
    })
    const platform: Platform = {
      ...{
        settings: rig.settings,
        hospitals: rig.hospitals,
        clock: this.clock,
        cipher: rig.cipher,
        database,
      },
      ...{ log: rig.app.http.log, checks: new Checks(), publicOrigin: rig.origin },
      fetch: (input, init) => point(() => send(input, init)),
    }
    const room = {
      ...{ ...platform, jobs: { wake: async () => {} }, nationalIdentity: () => undefined },
      // The log of outside calls is nobody's money.
      clients: buildClients({ ...platform, database: unlogged }, () => passing(his, point)),
    }
    const unused = { paid: async () => {}, closed: async () => {}, refundSettled: async () => {} }
    this.room = { ...room, events: eventsByPurpose({ visits: unused, deposits: refundsEvents(room) }) }
    this.#payments = [paymentsWork(this.room), receiptsWork(this.room)]
    this.#refunds = refundsWork(this.room)
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
    const startedMs = this.clock.sureMs()
    for (let round = 0; !this.#dead; round++) {
      const due = await this.#due()
      if (round >= MAX_ROUNDS) throw new Error(`something is due again and again: ${JSON.stringify(due)}`)
      let done = 0
      if (due.payments) for (const work of this.#payments) done += await work.runDue(this.clock, 1_000)
      if (due.refunds) done += await this.#refunds.runDue(this.clock, 1_000)
      // What is due and is not taken is overdue: that is for others to judge.
      if (done === 0) return this.#looked(startedMs)
    }
  }

  /** One look in place of the six that find nothing: no point of the server's own. */
  #due(): Promise<{ readonly payments: boolean; readonly refunds: boolean }> {
    const nowMs = this.clock.nowMs()
    const look = () =>
      this.#rig.inTx(async ({ sql: db, hospitalId }) => {
        const isDue = (table: string) =>
          sql`EXISTS (SELECT FROM ${sql.table(table)} WHERE hospital_id = ${hospitalId} AND next_action_at_ms <= ${nowMs})`
        const { rows } = await sql<{ payments: boolean; refunds: boolean }>`
          SELECT ${sql.join(PAYMENTS.map(isDue), sql` OR `)} AS payments, ${isDue('refund_leg')} AS refunds`.execute(
          db,
        )
        return rows[0] ?? { payments: true, refunds: true }
      })
    return this.#around(look)
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
