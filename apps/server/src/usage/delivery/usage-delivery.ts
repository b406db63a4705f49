import { type Clock, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import type { Signals } from '../../platform/jobs/signals.ts'
import { DUE_SIGNAL } from '../store-events.ts'
import { HospitalDelivery, type Round } from './deliver-hospital.ts'
import type { DeliveryRoom } from './delivery-room.ts'

const DELIVERY_WORK = 'usage.deliver'
// Real time. The clock may be moved by hand, and the minute's look is the safety net of every timer.
const LONGEST_SLEEP_MS = MINUTE_MS
// At a slow rate the gate lets one through every few milliseconds; some at a time cost fewer commits.
const SHORTEST_SLEEP_MS = 200
const AFTER_FAILURE: Round = { sent: 0, waitMs: 5 * SECOND_MS, held: false }

/** 用卡数据上报 of all hospitals from this process. */
export class UsageDelivery {
  readonly #room: DeliveryRoom
  readonly #hospitals: ReadonlyMap<string, HospitalDelivery>
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()
  #listens = false
  #stopped = false

  constructor(room: DeliveryRoom) {
    this.#room = room
    this.#hospitals = new Map(
      room.hospitals.all.map((hospital) => [hospital.id, new HospitalDelivery(room, hospital)]),
    )
  }

  /** The look of every minute; a simulation calls it with its own clock. Returns how many were sent. */
  get work(): DueWork {
    return {
      name: DELIVERY_WORK,
      everyMinutes: 1,
      runDue: async (clock) => {
        // A server looks and goes on by itself. It must not wait: lanes can be under way for hours, and the next look
        // is for what other processes leave behind meanwhile.
        if (this.#listens) {
          this.#lookAtAll()
          return 0
        }
        const rounds = await Promise.all([...this.#hospitals.values()].map((one) => one.deliver(clock)))
        // All that was due is done, or held back by a gate: there is nothing to be called again for.
        return rounds.reduce((sum, { sent }) => sum + sent, 0) > 0 ? 1 : 0
      },
    }
  }

  /** Sends at once what a transaction stored, in whichever process it was committed. */
  listen(signals: Signals): void {
    this.#listens = true
    signals.on(DUE_SIGNAL, (payload) => {
      if (payload === undefined) return this.#lookAtAll()
      const [id = '', day = ''] = payload.split(' ')
      if (this.#stopped || this.#hospitals.get(id)?.tell(this.#room.clock, day)) return
      this.#run(id, (delivery, clock) => delivery.deliver(clock, day))
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    await Promise.all([...this.#hospitals.values()].map((one) => one.stop()))
    await Promise.allSettled(this.#running)
  }

  #lookAtAll(): void {
    for (const id of this.#hospitals.keys()) this.#run(id, (delivery, clock) => delivery.deliver(clock))
  }

  #run(id: string, work: (delivery: HospitalDelivery, clock: Clock) => Promise<Round>): void {
    const delivery = this.#hospitals.get(id)
    if (!delivery || this.#stopped) return
    const running = work(delivery, this.#room.clock)
      .catch((error: unknown): Round => {
        this.#room.log.error({ err: error, hospital: id }, 'usage delivery failed')
        return AFTER_FAILURE
      })
      .then((round) => this.#sleep(id, round))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  #sleep(id: string, { waitMs, held }: Round): void {
    clearTimeout(this.#timers.get(id))
    if (waitMs === undefined || this.#stopped) return
    const realMs = Math.min(Math.max(waitMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS)
    const wake = () =>
      this.#run(id, (delivery, clock) => (held ? delivery.goOn(clock) : delivery.deliver(clock)))
    this.#timers.set(id, setTimeout(wake, realMs).unref())
  }
}
