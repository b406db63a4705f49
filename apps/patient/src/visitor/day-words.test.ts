import { expect, test } from 'vitest'
import { daysBetween, fullDay, hourWords, momentWords, shortDay } from './day-words.ts'

test('days are Chinese dates with their weekday, instants China’s time', () => {
  expect(shortDay('2026-11-30')).toBe('11月30日 周一')
  expect(fullDay('2026-11-29')).toBe('2026年11月29日 星期日')
  expect(momentWords('2026-11-28T16:30:00Z')).toBe('2026年11月29日 周日 00:30')
  expect(hourWords('2026-11-28T06:05:00Z')).toBe('14:05')
})

test('what a HIS wrote in another way is shown as it is', () => {
  expect(shortDay('明天')).toBe('明天')
  expect(momentWords('昨天')).toBe('昨天')
})

test('a range of days crosses months; a wrong one is empty or ends', () => {
  expect(daysBetween('2026-11-29', '2026-12-02')).toEqual([
    '2026-11-29',
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
  ])
  expect(daysBetween('2026-12-02', '2026-11-29')).toEqual([])
  expect(daysBetween('2026-11-29', '2999-01-01')).toHaveLength(60)
})
