import { expect, test } from 'vitest'
import { bookableDays, recordDays } from './days.ts'

// Already the 24th in Shanghai.
const NOW = Date.parse('2026-11-23T16:30:00Z')

test('days that can be booked are today and those ahead, cut to what is asked for', () => {
  expect(bookableDays({}, 7, NOW)).toEqual({ from: '2026-11-24', to: '2026-12-01' })
  expect(bookableDays({ from: '2026-11-20', to: '2026-11-25' }, 7, NOW)).toEqual({
    ...{ from: '2026-11-24', to: '2026-11-25' },
  })
  expect(bookableDays({ from: '2026-12-02' }, 7, NOW)).toBeUndefined()
  expect(bookableDays({ to: '2026-11-23' }, 7, NOW)).toBeUndefined()
  expect(bookableDays({}, 0, NOW)).toEqual({ from: '2026-11-24', to: '2026-11-24' })
})

test('records are those of half a year unless days are named, and of three years at most', () => {
  expect(recordDays({}, '2026-12-01')).toEqual({ from: '2026-06-04', to: '2026-12-01' })
  expect(recordDays({ to: '2020-06-29' }, '2026-12-01')).toEqual({ from: '2020-01-01', to: '2020-06-29' })
  expect(recordDays({ from: '2023-12-02' }, '2026-12-01').from).toBe('2023-12-02')
  expect(() => recordDays({ from: '2023-11-30' }, '2026-12-01')).toThrow()
  expect(() => recordDays({ from: '2026-12-02' }, '2026-12-01')).toThrow()
  for (const wrong of ['2026-02-30', '26-01-01', 'tomorrow', '0001-01-01'])
    expect(() => recordDays({ from: wrong }, '2026-12-01'), wrong).toThrow()
})
