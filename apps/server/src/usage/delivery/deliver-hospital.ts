import { setTimeout as delay } from 'node:timers/promises'
import { type Clock, SECOND_MS, shanghaiDay } from '@zhangyi/core'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { type Cursor, openDays } from './claim-batch.ts'
import type { DeliveryRoom } from './delivery-room.ts'
import { type Exchanged, exchangeFlight, type Landed } from './exchange-flight.ts'
import { recoverLost } from './recover-lost.ts'
import { sendEvent } from './send-event.ts'

/** While one flight is on the wire, another is being stored and a third being read. */
const MOST_LANES = 3
/** What became due before the place where a day was left is found after this long at the latest. Real time. */
const CURSOR_LIFE_MS = SECOND_MS
const MOST_FAILURES = 15
const AFTER_FAILURE_MS = SECOND_MS

export interface Round {
  readonly sent: number
  /** When to come again: the gate held events back, or some are due only then. */
  readonly waitMs: number | undefined
  /** Held back by the gate: there is nothing to look for, only to go on. */
  readonly held: boolean
}
const NOTHING: Round = { sent: 0, waitMs: undefined, held: false }

/**
 * Delivers the due events of one hospital from this process, in up to three lanes that share `inFlight`. However often it
 * is woken, no more than that is ever on the wire.
 */
export class HospitalDelivery {
  readonly #room: DeliveryRoom
  readonly #hospital: Hospital
  readonly #days = new Set<string>()
  readonly #lanes = new Set<Promise<void>>()
  #cursors = new Map<string, Cursor>()
  #cursorsSinceMs = 0
  /** Told of something due while no lane was free: whichever ends first looks once more. */
  #again = false
  /** On the wire, or being claimed to go there. */
  #taken = 0
  #sent = 0
  #waitMs: number | undefined
  /** When the next is due: by the last lane of its days, by the last look of any. */
  #nextAtMs: number | undefined
  #otherAtMs: number | undefined
  #failure: unknown
  #stopped = false

  constructor(room: DeliveryRoom, hospital: Hospital) {
    this.#room = room
    this.#hospital = hospital
  }

  /** Looks for what is due (of `day`, or of any) and sends until nothing is; ends when every lane has ended. */
  async deliver(clock: Clock, day?: string): Promise<Round> {
    if (!this.#hospital.usage.enabled || this.#stopped) return NOTHING
    if (day === undefined) await this.#look(clock)
    else this.#days.add(day)
    return this.goOn(clock)
  }

  /** The same without looking, after the gate held events back: their days are known. */
  async goOn(clock: Clock): Promise<Round> {
    if (this.#stopped) return NOTHING
    if (this.#lanes.size === 0) this.#beginRound(clock)
    if (this.#days.size > 0) this.#askForLane(clock)
    while (this.#lanes.size > 0) await Promise.all(this.#lanes)
    if (this.#failure !== undefined) throw this.#failure
    const sent = this.#sent
    if (this.#waitMs !== undefined) return { sent, waitMs: this.#waitMs, held: true }
    const next = [this.#nextAtMs, this.#otherAtMs].filter((atMs) => atMs !== undefined)
    const waitMs = next.length > 0 ? Math.min(...next) - clock.nowMs() : undefined
    return { sent, waitMs, held: false }
  }

  /**
   * True if lanes are under way: they see to this day, too, and whoever began them waits for their end. With thousands of
   * events a minute, nobody else must.
   */
  tell(clock: Clock, day: string): boolean {
    if (this.#lanes.size === 0) return false
    this.#days.add(day)
    this.#askForLane(clock)
    return true
  }

  /** Claims no more, and waits for what is on the wire. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.allSettled(this.#lanes)
  }

  async #look(clock: Clock): Promise<void> {
    const { database } = this.#room
    const { id, usage } = this.#hospital
    await database.inTransaction(id, (tx) => recoverLost(tx, usage, clock.nowMs()))
    const { due, nextAtMs } = await database.inTransaction(id, (tx) => openDays(tx, clock.nowMs()))
    // A lane may have been told of a day meanwhile.
    if (this.#lanes.size === 0) this.#days.clear()
    for (const day of due) this.#days.add(day)
    this.#otherAtMs = nextAtMs
  }

  #beginRound(clock: Clock): void {
    this.#sent = 0
    this.#waitMs = undefined
    this.#failure = undefined
    this.#nextAtMs = undefined
    // Its day is looked into when a lane opens or at the next look.
    if (this.#otherAtMs !== undefined && this.#otherAtMs <= clock.nowMs()) this.#otherAtMs = undefined
  }

  #askForLane(clock: Clock): void {
    if (!this.#openLane(clock)) this.#again = true
  }

  #openLane(clock: Clock): boolean {
    if (this.#lanes.size >= this.#laneCount() || this.#share() === 0) return false
    const lane = this.#runLane(clock)
      .catch((error: unknown) => {
        this.#failure = error
      })
      .finally(() => this.#lanes.delete(lane))
    this.#lanes.add(lane)
    return true
  }

  async #runLane(clock: Clock): Promise<void> {
    for (let landed: Landed | undefined; ; ) {
      const count = this.#share()
      const flight = await this.#claim(clock, landed, count)
      if (!flight) {
        if (!this.#again || this.#stopped) return
        landed = undefined
        continue
      }
      // A full one means more: as long as there is a lane, the next need not wait for these answers.
      if (flight.events.length === count) this.#openLane(clock)
      const answers = await Promise.all(
        flight.events.map((event) => sendEvent(this.#room, this.#hospital, event)),
      )
      this.#taken -= answers.length
      this.#sent += answers.length
      landed = { flight, answers }
    }
  }

  /** Whatever is claimed counts as taken from before it is asked for, without a gap in which another lane could take it. */
  async #claim(clock: Clock, landed: Landed | undefined, count: number) {
    this.#taken += count
    let got = 0
    try {
      const flight = await this.#exchange(clock, landed, count)
      got = flight?.events.length ?? 0
      return flight
    } finally {
      this.#taken += got - count
    }
  }

  /** How many a lane may claim now. */
  #share(): number {
    const { inFlight } = this.#hospital.usage
    const most = Math.ceil(inFlight / this.#laneCount())
    return this.#stopped ? 0 : Math.min(most, inFlight - this.#taken)
  }

  async #exchange(clock: Clock, landed: Landed | undefined, count: number) {
    this.#forgetOldCursors()
    for (let failures = 0; ; failures++) {
      // Whatever is told from here on may be missed by this one.
      this.#again = false
      const nowMs = clock.nowMs()
      // At midnight a process that was never told of the new day looks there all the same.
      const days = [...new Set([...this.#days, shanghaiDay(nowMs)])]
      const wanted = { count, days, cursors: this.#cursors }
      try {
        const exchanged = await this.#room.database.inTransaction(this.#hospital.id, (tx) => {
          if (landed) tx.changed('usage')
          return exchangeFlight(tx, this.#hospital, landed, wanted, nowMs)
        })
        this.#remember(exchanged)
        return exchanged.flight
      } catch (error) {
        // Answers are not let go of while the database is away for a moment: they could not be asked for again.
        if (!landed || failures >= MOST_FAILURES) throw error
        await delay(AFTER_FAILURE_MS)
      }
    }
  }

  #remember({ left, waitMs, nextAtMs }: Exchanged): void {
    for (const [day, cursor] of left) {
      if (cursor) this.#cursors.set(day, cursor)
      else this.#cursors.delete(day)
    }
    this.#waitMs = waitMs
    this.#nextAtMs = nextAtMs
  }

  #forgetOldCursors(): void {
    if (performance.now() - this.#cursorsSinceMs < CURSOR_LIFE_MS) return
    this.#cursors = new Map()
    this.#cursorsSinceMs = performance.now()
  }

  #laneCount(): number {
    return Math.min(MOST_LANES, this.#hospital.usage.inFlight)
  }
}
