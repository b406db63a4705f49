import { expect, test } from 'vitest'
import { dueWords } from './due-words.ts'

test('a time is said as a person would say it, by the clocks of China', () => {
  const due = Date.parse('2026-11-29T00:30:00+08:00')
  const said = (now: string) => dueWords(due, Date.parse(now))
  expect(said('2026-11-29T00:10:00+08:00')).toBe('今天 00:30')
  expect(said('2026-11-28T23:50:00+08:00')).toBe('明天 00:30')
  expect(said('2026-11-27T23:50:00+08:00')).toBe('11月29日 00:30')
})
