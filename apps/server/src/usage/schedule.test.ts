import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfShanghaiDay } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usageSchema } from '../platform/hospitals/usage-config.ts'
import { backoffMs, deadlineOf, firstDueAtMs, isAfterCutoff } from './schedule.ts'

const SEED = 20_261_128
const at = (time: string, day = '2026-11-23') => Date.parse(`${day}T${time}+08:00`)
const SCHEDULED = { mode: 'scheduled', runs: ['08:00', '12:00', '22:00'] } as const
const REAL_TIME = { ...SCHEDULED, mode: 'real-time' } as const

test.each([
  ['00:00:00', '2026-11-23', false],
  ['22:59:59.999', '2026-11-23', false],
  ['23:00:00', '2026-11-24', true],
  ['23:59:59.999', '2026-11-24', true],
])('what happens at %s is to be there by 23:00 of %s', (time, day, afterCutoff) => {
  expect(deadlineOf(at(time))).toBe(at('23:00:00', day))
  expect(isAfterCutoff(at(time))).toBe(afterCutoff)
})

test.each([
  ['07:59:59', '07:59:59', '08:00:00'],
  ['08:00:00', '08:00:00', '08:00:00'],
  ['08:00:01', '08:00:01', '12:00:00'],
  ['21:59:00', '21:59:00', '22:00:00'],
  ['22:00:01', '22:00:01', '22:00:01'],
  ['23:30:00', '23:30:00', '23:30:00'],
])('by schedule, what happens at %s and is told at %s goes at %s', (occurred, told, due) => {
  expect(firstDueAtMs(SCHEDULED, at(occurred), at(told))).toBe(at(due))
})

test('by schedule, what another system tells of a day that is over goes at once', () => {
  const now = at('09:00:00')
  expect(firstDueAtMs(SCHEDULED, at('10:00:00', '2026-11-22'), now)).toBe(now)
  expect(firstDueAtMs(SCHEDULED, at('23:30:00', '2026-11-22'), now)).toBe(now)
})

test('in real time everything goes at once', () => {
  expect(firstDueAtMs(REAL_TIME, at('10:00:00'), at('10:00:05'))).toBe(at('10:00:05'))
})

test(`what is told in time is never put off beyond its deadline (seed ${SEED})`, () => {
  const moment = fc.integer({ min: 0, max: DAY_MS - 1 }).map((ms) => at('00:00:00') + ms)
  const time = fc
    .tuple(fc.nat(22), fc.nat(59))
    .map(
      ([hour, minute]) =>
        `${String(hour).padStart(2, '0')}:${hour === 22 ? '00' : String(minute).padStart(2, '0')}`,
    )
  fc.assert(
    fc.property(moment, fc.nat(2 * HOUR_MS), fc.array(time, { minLength: 1 }), (occurredMs, lagMs, runs) => {
      const nowMs = occurredMs + lagMs
      const due = firstDueAtMs({ mode: 'scheduled', runs }, occurredMs, nowMs)
      expect(due).toBeGreaterThanOrEqual(nowMs)
      if (nowMs <= deadlineOf(occurredMs)) expect(due).toBeLessThanOrEqual(deadlineOf(occurredMs))
    }),
    { seed: SEED, numRuns: 300 },
  )
})

test(`waits grow with failures to an hour, and towards the deadline six more tries always fit (seed ${SEED})`, () => {
  const deadline = at('23:00:00')
  const before = fc.integer({ min: -DAY_MS, max: DAY_MS }).map((ms) => deadline - ms)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), before, (failed, nowMs) => {
      const wait = backoffMs(failed, nowMs, deadline)
      expect(wait).toBeGreaterThanOrEqual(5 * SECOND_MS)
      expect(wait).toBeLessThanOrEqual(HOUR_MS)
      expect(backoffMs(failed + 1, nowMs, deadline)).toBeGreaterThanOrEqual(wait)
      if (nowMs < deadline) expect(wait).toBeLessThanOrEqual(Math.max(5 * SECOND_MS, (deadline - nowMs) / 6))
    }),
    { seed: SEED, numRuns: 300 },
  )
  expect([1, 2, 3, 4, 5, 6, 7, 99].map((failed) => backoffMs(failed, at('09:00:00'), deadline))).toEqual([
    ...[5 * SECOND_MS, 15 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS],
    ...[HOUR_MS, HOUR_MS],
  ])
})

test('bug: a run after 22:00 is refused by the settings, because what fails then cannot be in time', () => {
  expect(usageSchema.safeParse({ runs: ['08:00', '22:00'] }).success).toBe(true)
  expect(usageSchema.safeParse({ runs: ['08:00', '23:30'] }).success).toBe(false)
  expect(startOfShanghaiDay(at('08:00:00'))).toBe(at('00:00:00'))
})
