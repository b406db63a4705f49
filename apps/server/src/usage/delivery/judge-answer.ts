import { assertNever, DAY_MS, type Outcome, TRANSPORT } from '@zhangyi/core'
import { backoffMs, deadlineOf } from '../schedule.ts'
import type { ParkReason, UsageTables } from '../tables.ts'

/** A platform that takes nothing for an evening is no reason to park; an event that it refuses so often and so long is. */
const MOST_REFUSALS = 20
const LONGEST_REFUSED_MS = DAY_MS
const MOST_UNKNOWNS = 10

/** What is known of an event before this answer. */
export type Before = Pick<
  UsageTables['usage_event'],
  'occurred_at_ms' | 'attempts' | 'refusals' | 'unknowns' | 'first_refused_at_ms'
>

export interface Judgement {
  readonly state: 'delivered' | 'pending' | 'parked'
  readonly nextActionAtMs: number | null
  readonly reason: ParkReason | null
  readonly refusals: number
  readonly unknowns: number
  readonly firstRefusedAtMs: number | null
  readonly late: boolean
}

export interface Rules {
  readonly repeatUnknown: boolean
  readonly refusalTries: number
  /** The platform refused the appToken, which says nothing about the event. */
  readonly tokenInvalidCodes?: readonly number[]
}

/**
 * What becomes of an event after an answer. `lastYesAtMs`: when the platform last took any event of this hospital. A
 * refusal parks an event only while others pass: a wrong secret or a hospital that is not set up refuses all of them,
 * and none of them is to blame.
 */
export function judgeAnswer(
  event: Before,
  outcome: Outcome<unknown>,
  rules: Rules,
  lastYesAtMs: number | null,
  nowMs: number,
): Judgement {
  const { refusals, unknowns, first_refused_at_ms: firstRefusedAtMs } = event
  const deadlineMs = deadlineOf(event.occurred_at_ms)
  const kept = { refusals, unknowns, firstRefusedAtMs, late: false }
  const again = (changes: Partial<Judgement> = {}): Judgement => ({
    ...{ ...kept, state: 'pending', reason: null, ...changes },
    nextActionAtMs: nowMs + backoffMs(event.attempts + 1, nowMs, deadlineMs),
  })
  const park = (reason: ParkReason, changes: Partial<Judgement>): Judgement => ({
    ...{ ...kept, ...changes, state: 'parked', reason, nextActionAtMs: null },
  })
  switch (outcome.kind) {
    case 'yes':
      return { ...kept, state: 'delivered', reason: null, nextActionAtMs: null, late: nowMs > deadlineMs }
    case 'no': {
      // It never left this machine, or came with a token that somebody else had just replaced, twice.
      if (outcome.code === TRANSPORT || rules.tokenInvalidCodes?.includes(Number(outcome.code)))
        return again()
      const counted = { refusals: refusals + 1, firstRefusedAtMs: firstRefusedAtMs ?? nowMs }
      const othersPass = lastYesAtMs !== null && lastYesAtMs > counted.firstRefusedAtMs
      const enough = counted.refusals >= rules.refusalTries && othersPass
      const forEver =
        counted.refusals >= MOST_REFUSALS && nowMs - counted.firstRefusedAtMs >= LONGEST_REFUSED_MS
      return enough || forEver ? park('refused', counted) : again(counted)
    }
    case 'unknown': {
      const counted = { unknowns: unknowns + 1 }
      return rules.repeatUnknown && counted.unknowns < MOST_UNKNOWNS
        ? again(counted)
        : park('outcome-unknown', counted)
    }
    default:
      return assertNever(outcome)
  }
}
