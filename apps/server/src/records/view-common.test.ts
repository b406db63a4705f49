import { expect, test } from 'vitest'
import { instantOf } from './view-common.ts'

test('an instant of any zone, in UTC', () => {
  expect(instantOf('2026-11-23T23:30:00+08:00')).toBe('2026-11-23T15:30:00.000Z')
  expect(instantOf('2026-11-23T15:30:00Z')).toBe('2026-11-23T15:30:00.000Z')
})

test.each(['2026-11-23 23:30:00', '2026-11-23T23:30:00', '2026-11-23', '昨天', ''])(
  'bug: %s has no zone, and was read by the clock of the server',
  (text) => {
    expect(() => instantOf(text)).toThrow(expect.objectContaining({ kind: 'unavailable', code: 'malformed' }))
  },
)
