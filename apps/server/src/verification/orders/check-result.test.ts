import { expect, test } from 'vitest'
import { proxyExpiry } from './check-result.ts'

test.each([
  ['2026-11-24 09:00:00', '2026-11-24T01:00:00Z'],
  ['2026/11/24 09:00', '2026-11-24T01:00:59Z'],
  ['2026-11-24', '2026-11-24T15:59:59Z'],
  ['1795482000', '2026-11-24T01:00:00Z'],
  [' 1795482000000 ', '2026-11-24T01:00:00Z'],
])('the expiry of a proxy %s is %s', (text, expected) => {
  expect(proxyExpiry(text)).toBe(Date.parse(expected))
})

test.each([undefined, '', '0', '长期', '2026-13-40'])('%s ends nothing', (text) => {
  expect(proxyExpiry(text)).toBeUndefined()
})
