import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeOf } from './record-range.ts'

test('the year is the gateway’s own default', () => expect(rangeOf('year', '2026-11-23')).toBeUndefined())

test.each([
  ['three-months', '2026-11-23', '2026-08-23'],
  ['three-months', '2026-05-31', '2026-02-28'],
  ['three-months', '2026-01-15', '2025-10-15'],
  ['three-years', '2026-11-23', '2023-11-24'],
  ['three-years', '2028-02-29', '2025-03-01'],
] as const)('%s up to %s begin on %s', (choice, to, from) =>
  expect(rangeOf(choice, to)).toEqual({ from, to }),
)

test('three years are never more than three years, whichever day it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (day) => {
      const toMs = Date.UTC(2020, 0, 1) + day * 86_400_000
      const range = rangeOf('three-years', new Date(toMs).toISOString().slice(0, 10))
      const days = (toMs - Date.parse(range?.from ?? '')) / 86_400_000
      expect(days).toBeGreaterThanOrEqual(1093)
      expect(days).toBeLessThanOrEqual(1095)
    }),
    { seed: 20261124 },
  )
})
