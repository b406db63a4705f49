import { SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allow, answered, type Gate, type GateLimits, NEW_GATE, take } from './gate.ts'

const SEED = 20_261_128
const RUNS = 300
const BASE_MS = Date.parse('2026-11-28T09:00:00+08:00')
const LIMITS: GateLimits = { ratePerSecond: 10, breakerFailures: 3, breakerSeconds: 30 }

const limits = fc.record({
  ratePerSecond: fc.oneof(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.integer({ min: 5, max: 500 })),
  breakerFailures: fc.integer({ min: 1, max: 20 }),
  breakerSeconds: fc.integer({ min: 1, max: 60 }),
})
const step = fc.record({
  passMs: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 90_000 })),
  wanted: fc.integer({ min: 0, max: 600 }),
  /** Fewer than allowed may be due. */
  due: fc.integer({ min: 0, max: 600 }),
  answer: fc.constantFrom<'none' | 'passed' | 'failed'>('none', 'passed', 'failed'),
})

const passed = (gate: Gate, nowMs: number, many = 1, its = LIMITS) =>
  answered(gate, its, { passed: many, failed: 0, problem: undefined }, nowMs)
const failed = (gate: Gate, nowMs: number, many = 1, its = LIMITS) =>
  answered(gate, its, { passed: 0, failed: many, problem: 'unknown timeout' }, nowMs)

interface Taken {
  readonly atMs: number
  readonly count: number
}

/** The most that any window held beyond `rate × its length`, in events. */
function mostOverRate(takes: readonly Taken[], ratePerSecond: number): number {
  let most = 0
  for (let from = 0; from < takes.length; from++)
    for (let to = from, sum = 0; to < takes.length; to++) {
      sum += takes[to]?.count ?? 0
      const lengthMs = (takes[to]?.atMs ?? 0) - (takes[from]?.atMs ?? 0)
      most = Math.max(most, sum - (ratePerSecond * lengthMs) / SECOND_MS)
    }
  return most
}

test(`no window ever holds more than rate × time and one burst, whatever is asked, taken and answered (seed ${SEED})`, () => {
  fc.assert(
    fc.property(limits, fc.array(step, { minLength: 1, maxLength: 80 }), (its, steps) => {
      let gate = NEW_GATE
      let nowMs = BASE_MS
      const takes: Taken[] = []
      for (const { passMs, wanted, due, answer } of steps) {
        nowMs += passMs
        if (answer === 'passed') gate = passed(gate, nowMs, 1, its)
        if (answer === 'failed') gate = failed(gate, nowMs, 1, its)
        const { count, waitMs } = allow(gate, its, wanted, nowMs)
        expect(count).toBeGreaterThanOrEqual(0)
        expect(count).toBeLessThanOrEqual(wanted)
        if (wanted > 0) expect(count > 0, 'either some, or when to ask again').toBe(waitMs === undefined)
        const taken = Math.min(count, due)
        gate = take(gate, its, taken, nowMs)
        takes.push({ atMs: nowMs, count: taken })
      }
      expect(mostOverRate(takes, its.ratePerSecond)).toBeLessThanOrEqual(
        Math.max(its.ratePerSecond, 1) + 0.01,
      )
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test(`whoever waits as long as it was told gets something, also after the clock was put back (seed ${SEED})`, () => {
  const jump = fc.integer({ min: -5 * 3_600_000, max: 3_600_000 })
  fc.assert(
    fc.property(limits, fc.array(fc.tuple(step, jump), { minLength: 1, maxLength: 40 }), (its, steps) => {
      let gate = NEW_GATE
      let nowMs = BASE_MS
      for (const [{ passMs, wanted, answer }, jumpMs] of steps) {
        nowMs += passMs + jumpMs
        if (answer === 'failed') gate = failed(gate, nowMs, 1, its)
        gate = take(gate, its, allow(gate, its, wanted, nowMs).count, nowMs)
      }
      // A pause, and behind it the rate: two waits at most.
      for (let waits = 0; waits < 2; waits++) {
        const { waitMs = 0 } = allow(gate, its, 1, nowMs)
        expect(waitMs).toBeLessThanOrEqual(Math.max(its.breakerSeconds * SECOND_MS, 20_001))
        nowMs += waitMs
      }
      expect(allow(gate, its, 1, nowMs).count).toBe(1)
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test('after so many failures in a row nothing goes for the pause, then one, and its yes lets all the others go', () => {
  let gate = failed(failed(NEW_GATE, BASE_MS), BASE_MS)
  expect(allow(gate, LIMITS, 5, BASE_MS).count, 'two of three').toBe(5)
  gate = failed(gate, BASE_MS)
  expect(allow(gate, LIMITS, 5, BASE_MS)).toEqual({ count: 0, waitMs: 30_000 })
  const afterMs = BASE_MS + 30_000
  expect(allow(gate, LIMITS, 5, afterMs)).toEqual({ count: 1, waitMs: undefined })
  gate = take(gate, LIMITS, 1, afterMs)
  expect(allow(gate, LIMITS, 5, afterMs + 1).count, 'while the one is on the wire').toBe(0)
  expect(allow(failed(gate, afterMs + 2), LIMITS, 5, afterMs + 3).count, 'its no').toBe(0)
  gate = passed(gate, afterMs + 2)
  expect(allow(gate, LIMITS, 5, afterMs + 3).count, 'its yes').toBe(5)
  expect(gate).toMatchObject({ failures: 0, open_until_ms: null, last_yes_at_ms: afterMs + 2 })
  expect(gate.last_problem, 'what the problem was stays on record').toBe('unknown timeout')
})

test('one that never comes back does not stop the others for ever', () => {
  const gate = take(failed(NEW_GATE, BASE_MS, 3), LIMITS, 1, BASE_MS + 30_000)
  expect(allow(gate, LIMITS, 5, BASE_MS + 60_000).count).toBe(1)
})

test('bug: the one that looks after a pause keeps to the rate, too', () => {
  const slow = { ...LIMITS, ratePerSecond: 0.1, breakerSeconds: 1 }
  const gate = take(failed(NEW_GATE, BASE_MS, 3), slow, 1, BASE_MS + 1_000)
  expect(allow(gate, slow, 1, BASE_MS + 2_000)).toEqual({ count: 0, waitMs: 9_000 })
})

test('bug: a lane that only stores its answers is given nothing, also after a pause', () => {
  const gate = failed(NEW_GATE, BASE_MS, 3)
  expect(allow(gate, LIMITS, 0, BASE_MS + 30_000)).toEqual({ count: 0, waitMs: undefined })
})

test('bug: a clock that was put back by hours does not make a pause of hours', () => {
  const gate = failed(NEW_GATE, BASE_MS, 3)
  expect(allow(gate, LIMITS, 5, BASE_MS - 3 * 3_600_000).count).toBe(1)
})

test('bug: a clock that was put back does not stop everything until it is where it was', () => {
  const spent = take(NEW_GATE, LIMITS, 10, BASE_MS)
  const backMs = BASE_MS - 3 * 3_600_000
  expect(allow(spent, LIMITS, 5, backMs).count, 'one at once').toBe(1)
  const gate = take(spent, LIMITS, 1, backMs)
  expect(allow(gate, LIMITS, 5, backMs).count, 'and then by the rate').toBe(0)
  expect(allow(gate, LIMITS, 5, backMs + 200).count).toBe(2)
})
