import { expect, test } from 'vitest'
import { dayRange, longestRange } from './day-range.ts'

// In Shanghai already the 24th.
const NOW = Date.parse('2026-11-23T16:30:00Z')

test('without days: the last 365, today included, by the Shanghai calendar', () => {
  expect(dayRange({}, NOW)).toEqual({ from: '2025-11-25', to: '2026-11-24' })
})

test('one end is enough', () => {
  expect(dayRange({ to: '2026-01-31' }, NOW)).toEqual({ from: '2025-02-01', to: '2026-01-31' })
  expect(dayRange({ from: '2026-11-24' }, NOW)).toEqual({ from: '2026-11-24', to: '2026-11-24' })
})

test('three years are allowed, a day more is not', () => {
  expect(dayRange({ from: '2023-11-25', to: '2026-11-24' }, NOW).from).toBe('2023-11-25')
  expect(longestRange(NOW)).toEqual({ from: '2023-11-25', to: '2026-11-24' })
  expect(() => dayRange({ from: '2023-11-24', to: '2026-11-24' }, NOW)).toThrow(
    expect.objectContaining({ code: 'bad-input', fields: [expect.objectContaining({ field: 'from' })] }),
  )
})

test.each([
  ['from', { from: '2026-02-30' }],
  ['from', { from: '昨天' }],
  ['to', { to: '2026-1-1' }],
  // bug: a year less than 0000 was sent on, and the answer was a 500.
  ['to', { to: '0000-01-01' }],
  ['from', { from: '2026-11-25' }],
  ['from', { from: '2026-03-02', to: '2026-03-01' }],
])('a bad %s is named', (field, range) => {
  expect(() => dayRange(range, NOW)).toThrow(
    expect.objectContaining({ code: 'bad-input', fields: [expect.objectContaining({ field })] }),
  )
})
