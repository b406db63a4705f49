import { SECOND_MS, shanghaiDay } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { type Cursor, claimBatch, type DueEvent, type Flight, FROM_START, nextDueAt } from './claim-batch.ts'
import { allow, answered, type Gate, take } from './gate.ts'
import { type Judgement, judgeAnswer } from './judge-answer.ts'
import { lockGate, storeGate } from './lock-gate.ts'
import type { Answer } from './send-event.ts'
import { type Settlement, settleFlight } from './settle-flight.ts'

/** Beyond the time limit of a call: what else may hold a busy process up. */
const LEASE_MARGIN_MS = 20 * SECOND_MS
const MAX_CODE = 60

export interface Landed {
  readonly flight: Flight
  readonly answers: readonly Answer[]
}

export interface Wanted {
  readonly count: number
  readonly days: readonly string[]
  /** Where the days were left before. */
  readonly cursors: ReadonlyMap<string, Cursor>
}

export interface Exchanged {
  readonly flight: Flight | undefined
  /** Nothing was taken because of the gate: ask again after so long. */
  readonly waitMs: number | undefined
  /** Where the days that were looked at are left; undefined: at their beginning. */
  readonly left: ReadonlyMap<string, Cursor | undefined>
  /** Nothing is due: when the first of what waits in these days will be. */
  readonly nextAtMs: number | undefined
}

/**
 * Ends one flight and begins the next, in one transaction: stores the answers, moves the gate, and claims at most
 * `count` events of the most urgent of `days` that has some.
 */
export async function exchangeFlight(
  tx: Tx,
  hospital: Hospital,
  landed: Landed | undefined,
  wanted: Wanted,
  nowMs: number,
): Promise<Exchanged> {
  const { usage } = hospital
  const { gate: before, ended } = await lockGate(tx, landed?.flight.id)
  // A flight that was given up for lost is settled already; only what it says of the platform still counts.
  if (landed && ended) {
    const settled = landed.answers.map((answer) => settlementOf(answer, hospital, before, nowMs))
    await settleFlight(tx, landed.flight, settled)
  }
  const gate = landed ? answered(before, usage, tally(landed.answers), nowMs) : before
  const { count, waitMs } = allow(gate, usage, wanted.count, nowMs)
  const { flight, left } = await claimUrgent(tx, hospital, { ...wanted, count }, gate, nowMs)
  if (left.size === 0 && gate !== before) await storeGate(tx, gate)
  const nextAtMs = flight || count === 0 ? undefined : await firstDueAt(tx, wanted.days)
  return { flight, left, waitMs, nextAtMs }
}

async function claimUrgent(
  tx: Tx,
  { usage }: Hospital,
  { count, days, cursors }: Wanted,
  gate: Gate,
  nowMs: number,
): Promise<Pick<Exchanged, 'flight' | 'left'>> {
  const left = new Map<string, Cursor | undefined>()
  if (count === 0) return { flight: undefined, left }
  const leaseMs = usage.timeoutMs + LEASE_MARGIN_MS
  const move = {
    ...{ none: gate, one: take(gate, usage, 1, nowMs) },
    intervalMs: SECOND_MS / usage.ratePerSecond,
  }
  for (const day of urgentFirst(days, nowMs)) {
    const cursor = cursors.get(day)
    // Behind the place where the day was left there may be nothing, and before it something due again.
    for (const after of cursor ? [cursor, FROM_START] : [FROM_START]) {
      const flight = await claimBatch(tx, { day, after, count, leaseMs, nowMs, move })
      const last = flight?.events.at(-1)
      left.set(day, last && { dueAtMs: last.next_action_at_ms, id: last.id })
      if (flight) return { flight, left }
    }
  }
  return { flight: undefined, left }
}

async function firstDueAt(tx: Tx, days: readonly string[]): Promise<number | undefined> {
  const each: number[] = []
  for (const day of days) each.push((await nextDueAt(tx, day)) ?? Number.POSITIVE_INFINITY)
  const firstMs = Math.min(...each)
  return Number.isFinite(firstMs) ? firstMs : undefined
}

/** The day at hand first: it can still be in time. Then what is late, the newest day first. */
function urgentFirst(days: readonly string[], nowMs: number): readonly string[] {
  const today = shanghaiDay(nowMs)
  return days.toSorted((left, right) => {
    if (left === today || right === today) return left === today ? -1 : 1
    return right.localeCompare(left)
  })
}

function settlementOf(
  { event, outcome, tookMs, requestId }: Answer,
  { usage, healthCard: { tokenInvalidCodes } }: Hospital,
  gate: Gate,
  nowMs: number,
): Settlement {
  const head = { id: event.id, tookMs, requestId }
  if (outcome === 'unreadable') return { ...head, judgement: unreadable(event), code: 'unreadable' }
  return {
    ...{ ...head, code: codeOf(outcome) },
    judgement: judgeAnswer(event, outcome, { ...usage, tokenInvalidCodes }, gate.last_yes_at_ms, nowMs),
  }
}

function unreadable({ refusals, unknowns, first_refused_at_ms }: DueEvent): Judgement {
  return {
    ...{ state: 'parked', reason: 'content-unreadable', nextActionAtMs: null, late: false },
    ...{ refusals, unknowns, firstRefusedAtMs: first_refused_at_ms },
  }
}

function codeOf(outcome: Exclude<Answer['outcome'], 'unreadable'>): string {
  switch (outcome.kind) {
    case 'yes':
      return '0'
    case 'no':
      return outcome.code.slice(0, MAX_CODE)
    case 'unknown':
      return outcome.cause.slice(0, MAX_CODE)
  }
}

function tally(answers: readonly Answer[]) {
  const told = answers.flatMap(({ outcome }) => (outcome === 'unreadable' ? [] : [outcome]))
  const failures = told.filter(({ kind }) => kind !== 'yes')
  const worst = failures.at(-1)
  return {
    passed: told.length - failures.length,
    failed: failures.length,
    problem: worst && `${worst.kind} ${codeOf(worst)}`,
  }
}
