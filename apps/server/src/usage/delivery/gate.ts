import { SECOND_MS } from '@zhangyi/core'
import type { UsageTables } from '../tables.ts'

/** How fast and whether at all a hospital's events go out; one for all server processes. */
export type Gate = Pick<
  UsageTables['usage_gate'],
  'free_at_ms' | 'failures' | 'open_until_ms' | 'last_yes_at_ms' | 'last_problem' | 'last_problem_at_ms'
>

export interface GateLimits {
  readonly ratePerSecond: number
  readonly breakerFailures: number
  readonly breakerSeconds: number
}

export const NEW_GATE: Gate = {
  free_at_ms: 0,
  failures: 0,
  open_until_ms: null,
  last_yes_at_ms: null,
  last_problem: null,
  last_problem_at_ms: null,
}

/** Unused time is saved up for no longer, so that the platform never sees more than two seconds' worth at once. */
const BURST_MS = SECOND_MS
/** A double holds a time of today to a quarter of a microsecond. */
const ROUNDING_MS = 0.001

export interface Allowance {
  readonly count: number
  /** When to ask again, where the gate and not a lack of events is the limit. */
  readonly waitMs: number | undefined
}

/** How many of `wanted` may go out now. After a pause one goes first, to see. */
export function allow(gate: Gate, limits: GateLimits, wanted: number, nowMs: number): Allowance {
  // A lane that only stores its answers is held up by nothing.
  if (wanted === 0) return { count: 0, waitMs: undefined }
  const pauseMs = pauseLeft(gate, limits, nowMs)
  if (pauseMs > 0) return { count: 0, waitMs: pauseMs }
  const most = gate.open_until_ms === null ? wanted : 1
  const intervalMs = SECOND_MS / limits.ratePerSecond
  const freeAtMs = startOf(gate, limits, nowMs)
  const count = Math.min(most, Math.floor((nowMs - freeAtMs + ROUNDING_MS) / intervalMs))
  if (count > 0) return { count, waitMs: undefined }
  return { count: 0, waitMs: Math.max(1, Math.ceil(freeAtMs + intervalMs - nowMs)) }
}

// A pause that seems longer than any was begun before the clock was put back: it is over.
function pauseLeft({ open_until_ms }: Gate, { breakerSeconds }: GateLimits, nowMs: number): number {
  const leftMs = (open_until_ms ?? nowMs) - nowMs
  return leftMs > breakerSeconds * SECOND_MS ? 0 : leftMs
}

/** The gate after `taken` events went out. */
export function take(gate: Gate, limits: GateLimits, taken: number, nowMs: number): Gate {
  if (taken === 0) return gate
  const free_at_ms = startOf(gate, limits, nowMs) + (taken * SECOND_MS) / limits.ratePerSecond
  // The one that looks whether the platform is back keeps the others waiting until its answer is there.
  const open_until_ms = gate.open_until_ms === null ? null : nowMs + limits.breakerSeconds * SECOND_MS
  return { ...gate, free_at_ms, open_until_ms }
}

// A rate below one a second must let one through all the same. Where the clock was put back, one goes at once and the
// gate begins anew: "from now on" would begin anew at every question, and stop everything until the clock is back.
function startOf({ free_at_ms }: Gate, { ratePerSecond }: GateLimits, nowMs: number): number {
  const intervalMs = SECOND_MS / ratePerSecond
  const burstMs = Math.max(BURST_MS, intervalMs)
  return free_at_ms > nowMs + burstMs ? nowMs - intervalMs : Math.max(free_at_ms, nowMs - burstMs)
}

export interface Answered {
  readonly passed: number
  readonly failed: number
  readonly problem: string | undefined
}

/** The gate after a batch came back: it closes behind so many failures in a row, of whatever kind. */
export function answered(gate: Gate, limits: GateLimits, batch: Answered, nowMs: number): Gate {
  const told =
    batch.problem === undefined ? gate : { ...gate, last_problem: batch.problem, last_problem_at_ms: nowMs }
  if (batch.passed > 0) return { ...told, failures: 0, open_until_ms: null, last_yes_at_ms: nowMs }
  if (batch.failed === 0) return told
  const failures = gate.failures + batch.failed
  const pauses = failures >= limits.breakerFailures
  return {
    ...told,
    failures,
    open_until_ms: pauses ? nowMs + limits.breakerSeconds * SECOND_MS : gate.open_until_ms,
  }
}
