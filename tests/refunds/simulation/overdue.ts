import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { LEASE_MS } from '../../../apps/server/src/payments/back-off.ts'
import { MOST_SKEWED_MS } from './skewed-clock.ts'
import type { Unfinished } from './unfinished.ts'
import type { World } from './world.ts'

/**
 * How long something may be due while a server is up. A worker looks every minute even if nobody woke it; what a process
 * had taken that stood still or was killed comes back after the lease. Each look works off everything that is due, and
 * moves what it could not settle ahead by its back-off, so nothing adds up: one minute and one lease.
 */
const OVERDUE_MS = MINUTE_MS + LEASE_MS

/**
 * The longest pause that each of them knows. Whatever is to be looked at later than that, by the clock of a machine that
 * is ahead, was forgotten.
 */
const AHEAD_MS: Readonly<Record<string, number>> = {
  // Days that a one-sided leg waits for its patient.
  leg: 7 * DAY_MS,
  // After a person was told.
  ...{ transfer: 6 * HOUR_MS, refund: 6 * HOUR_MS, attempt: 6 * HOUR_MS },
  ...{ receipt: DAY_MS, notice: LEASE_MS },
}

/** Who has no time of its own: the payout of a leg has, a person or a patient has to act. The rest is lost without one. */
const RESTS = new Set([
  ...['leg paying', 'leg one-sided'],
  ...['transfer needs-person', 'refund needs-person', 'attempt needs-person'],
])

/** Nothing waits without a time, beyond its time, or for a time that is too far away. */
export class Overdue {
  readonly #world: World
  /** Since when each is due at this very time, as far as was looked. */
  #since = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  judge(all: readonly Unfinished[]): readonly string[] {
    const { rig, lookedMs } = this.#world
    const nowMs = rig.clock.nowMs()
    const since = new Map<string, number>()
    const wrong: string[] = []
    for (const one of all) {
      const { of, id, state, due_ms } = one
      const name = `${of} ${id} (${state})`
      if (due_ms === null) {
        if (!RESTS.has(`${of} ${state}`)) wrong.push(`${name} has no next action`)
        continue
      }
      const key = `${of} ${id} ${due_ms}`
      // What was made due in the past could not be looked at before.
      const sinceMs = this.#since.get(key) ?? Math.max(due_ms, nowMs)
      since.set(key, sinceMs)
      if (lookedMs - sinceMs > OVERDUE_MS) wrong.push(`${name} is overdue: ${told(one, nowMs)}`)
      if (due_ms - nowMs > (AHEAD_MS[of] ?? 0) + MOST_SKEWED_MS)
        wrong.push(`${name} is forgotten: ${told(one, nowMs)}`)
    }
    this.#since = since
    return wrong
  }
}

function told({ due_ms }: Unfinished, nowMs: number): string {
  return `due ${((nowMs - Number(due_ms)) / MINUTE_MS).toFixed(1)} minutes ago`
}
