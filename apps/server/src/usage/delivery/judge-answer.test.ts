import { DAY_MS, HOUR_MS, no, type Outcome, TRANSPORT, unknown, yes } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deadlineOf } from '../schedule.ts'
import { type Before, judgeAnswer } from './judge-answer.ts'

const SEED = 20_261_128
const at = (time: string) => Date.parse(`2026-11-23T${time}+08:00`)
const NINE = at('09:00:00')
const fresh: Before = {
  ...{ occurred_at_ms: NINE, attempts: 0, refusals: 0, unknowns: 0, first_refused_at_ms: null },
}
const RULES = { repeatUnknown: false, refusalTries: 3 }
const REPEAT = { ...RULES, repeatUnknown: true }
const REFUSED = no('-90010', '缺少必填参数')

type Row = readonly [
  what: string,
  changes: Partial<Before>,
  outcome: Outcome<unknown>,
  rules: typeof RULES,
  lastYesAtMs: number | null,
  end: readonly [state: string, reason: string | null, waitMs: number | null],
]

test.each<Row>([
  ['a yes delivers', {}, yes(1), RULES, null, ['delivered', null, null]],
  ['a connection never made is tried again', {}, no(TRANSPORT, ''), RULES, NINE, ['pending', null, 5_000]],
  ['the first refusal', {}, REFUSED, RULES, NINE + 9, ['pending', null, 5_000]],
  [
    'the third refusal while others pass',
    { attempts: 2, refusals: 2, first_refused_at_ms: NINE },
    ...([REFUSED, RULES, NINE + 1, ['parked', 'refused', null]] as const),
  ],
  [
    'the third refusal while nobody passes',
    { attempts: 2, refusals: 2, first_refused_at_ms: NINE },
    ...([REFUSED, RULES, null, ['pending', null, 60_000]] as const),
  ],
  [
    'the third refusal, and the last that passed was before the first',
    { attempts: 2, refusals: 2, first_refused_at_ms: NINE },
    ...([REFUSED, RULES, NINE - 1, ['pending', null, 60_000]] as const),
  ],
  ['nobody knows, once allowed', {}, unknown('timeout'), RULES, NINE, ['parked', 'outcome-unknown', null]],
  ['nobody knows, repeated', {}, unknown('timeout'), REPEAT, NINE, ['pending', null, 5_000]],
  [
    'nobody knows for the tenth time',
    { attempts: 9, unknowns: 9 },
    ...([unknown('timeout'), REPEAT, NINE, ['parked', 'outcome-unknown', null]] as const),
  ],
])('%s', (_, changes, outcome, rules, lastYesAtMs, [state, reason, waitMs]) => {
  const judged = judgeAnswer({ ...fresh, ...changes }, outcome, rules, lastYesAtMs, NINE)
  expect(judged).toMatchObject({ state, reason, late: false })
  expect(judged.nextActionAtMs).toBe(waitMs === null ? null : NINE + waitMs)
})

test('bug: a token that somebody else replaced twice is no refusal of the event', () => {
  const rules = { ...RULES, tokenInvalidCodes: [-90002] }
  const third = { ...fresh, attempts: 2, refusals: 2, first_refused_at_ms: NINE - 1 }
  const judged = judgeAnswer(third, no('-90002', 'appToken无效'), rules, NINE, NINE)
  expect(judged).toMatchObject({ state: 'pending', refusals: 2 })
})

test('a connection that was never made counts neither as a refusal nor as unknown', () => {
  const { refusals, unknowns } = judgeAnswer(fresh, no(TRANSPORT, ''), RULES, null, NINE)
  expect({ refusals, unknowns }).toEqual({ refusals: 0, unknowns: 0 })
})

test('an event is late when it is taken after 23:00 of its day, and one of after 23:00 the day after', () => {
  const late = (occurred: string, nowMs: number) =>
    judgeAnswer({ ...fresh, occurred_at_ms: at(occurred) }, yes(1), RULES, null, nowMs).late
  expect(late('09:00:00', at('23:00:00'))).toBe(false)
  expect(late('09:00:00', at('23:00:00') + 1)).toBe(true)
  expect(late('23:10:00', at('23:10:01'))).toBe(false)
  expect(late('23:10:00', at('23:00:00') + DAY_MS + 1)).toBe(true)
})

test('bug: a platform that refuses everything for an evening parks nothing, however often it is asked towards 23:00', () => {
  const often = { ...fresh, attempts: 40, refusals: 40, first_refused_at_ms: NINE }
  expect(judgeAnswer(often, REFUSED, RULES, null, NINE + 14 * HOUR_MS).state).toBe('pending')
  expect(judgeAnswer(often, REFUSED, RULES, null, NINE + DAY_MS)).toMatchObject({
    ...{ state: 'parked', reason: 'refused' },
  })
})

test(`only a pending event has a next action, a parked one has a reason, and no answer is forgotten (seed ${SEED})`, () => {
  const before = fc.record({
    occurred_at_ms: fc.integer({ min: NINE - 3 * DAY_MS, max: NINE }),
    attempts: fc.nat(50),
    refusals: fc.nat(30),
    unknowns: fc.nat(12),
    first_refused_at_ms: fc.option(fc.integer({ min: NINE - 3 * DAY_MS, max: NINE })),
  })
  const outcome = fc.constantFrom<Outcome<unknown>>(yes(1), no(TRANSPORT, ''), REFUSED, unknown('reset'))
  const rules = fc.record({ repeatUnknown: fc.boolean(), refusalTries: fc.integer({ min: 1, max: 20 }) })
  const lastYes = fc.option(fc.integer({ min: NINE - DAY_MS, max: NINE }))
  fc.assert(
    fc.property(before, outcome, rules, lastYes, (event, answer, its, lastYesAtMs) => {
      const judged = judgeAnswer(event, answer, its, lastYesAtMs, NINE)
      expect(judged.nextActionAtMs !== null).toBe(judged.state === 'pending')
      expect(judged.reason !== null).toBe(judged.state === 'parked')
      expect(judged.state === 'delivered').toBe(answer.kind === 'yes')
      expect(judged.unknowns - event.unknowns).toBe(answer.kind === 'unknown' ? 1 : 0)
      expect(judged.refusals - event.refusals).toBe(answer === REFUSED ? 1 : 0)
      if (!its.repeatUnknown && answer.kind === 'unknown') expect(judged.reason).toBe('outcome-unknown')
      expect(judged.late).toBe(answer.kind === 'yes' && NINE > deadlineOf(event.occurred_at_ms))
    }),
    { seed: SEED, numRuns: 300 },
  )
})
