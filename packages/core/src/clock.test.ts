import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageAt,
  DAY_MS,
  formatShanghai,
  ManualClock,
  SECOND_MS,
  shanghaiDay,
  shanghaiMidnight,
  startOfShanghaiDay,
  systemClock,
} from './clock.ts'

const seed = 20_261_123
const at = (iso: string) => Date.parse(iso)

describe('clocks', () => {
  test('a manual clock stands still until it is moved', () => {
    const clock = new ManualClock('2026-11-23T09:00:00+08:00')
    expect(clock.nowMs()).toBe(clock.nowMs())
    clock.advance(90 * SECOND_MS)
    expect(formatShanghai(clock.nowMs())).toBe('2026-11-23 09:01:30')
    clock.set('2027-01-01T00:00:00+08:00')
    expect(formatShanghai(clock.nowMs())).toBe('2027-01-01 00:00:00')
    clock.set(5)
    expect(clock.nowMs()).toBe(5)
    expect(new ManualClock(7).nowMs()).toBe(7)
  })

  test('the system clock is the machine’s', () => {
    const before = Date.now()
    expect(systemClock.nowMs()).toBeGreaterThanOrEqual(before)
  })
})

describe('Shanghai time', () => {
  test.each([
    ['2026-11-23T15:59:59.999Z', '2026-11-23 23:59:59'],
    ['2026-11-23T16:00:00.000Z', '2026-11-24 00:00:00'],
    ['2026-12-31T16:00:00Z', '2027-01-01 00:00:00'],
    ['2028-02-28T16:00:00Z', '2028-02-29 00:00:00'],
    ['2028-02-29T16:00:00Z', '2028-03-01 00:00:00'],
    ['2026-02-28T16:00:00Z', '2026-03-01 00:00:00'],
    ['1970-01-01T00:00:00Z', '1970-01-01 08:00:00'],
  ])('%s is %s', (utc, shanghai) => {
    expect(formatShanghai(at(utc))).toBe(shanghai)
    expect(shanghaiDay(at(utc))).toBe(shanghai.slice(0, 10))
    expect(formatShanghai(startOfShanghaiDay(at(utc)))).toBe(`${shanghai.slice(0, 10)} 00:00:00`)
    expect(shanghaiMidnight(shanghai.slice(0, 10))).toBe(startOfShanghaiDay(at(utc)))
  })

  test(`is what the time zone database says, whatever the machine's zone (seed ${seed})`, () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    fc.assert(
      fc.property(fc.integer({ min: at('1992-01-01Z'), max: at('2100-01-01Z') }), (ms) => {
        expect(formatShanghai(ms)).toBe(format.format(ms))
      }),
      { seed, numRuns: 500 },
    )
  })
})

describe('age', () => {
  test.each([
    ['2010-11-23', '2026-11-22T23:59:59+08:00', 15],
    ['2010-11-23', '2026-11-23T00:00:00+08:00', 16],
    // Still the 22nd in London, already the birthday in Shanghai.
    ['2010-11-23', '2026-11-22T16:00:00Z', 16],
    ['2012-02-29', '2026-02-28T12:00:00+08:00', 13],
    ['2012-02-29', '2026-03-01T00:00:00+08:00', 14],
    ['2012-02-29', '2028-02-29T00:00:00+08:00', 16],
    ['2026-11-23', '2026-11-23T09:00:00+08:00', 0],
    ['1926-11-24', '2026-11-23T09:00:00+08:00', 99],
  ])('born %s, at %s: %d', (birthday, moment, age) => {
    expect(ageAt(birthday, at(moment))).toBe(age)
  })

  test('grows by one exactly on the birthday', () => {
    const birthday = at('2026-11-23T00:00:00+08:00')
    expect([birthday - 1, birthday, birthday + DAY_MS].map((ms) => ageAt('1966-11-23', ms))).toEqual([
      59, 60, 60,
    ])
  })
})
