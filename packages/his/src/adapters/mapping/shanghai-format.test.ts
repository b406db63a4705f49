import { expect, test } from 'vitest'
import { parseAs } from './shanghai-format.ts'

test.each([
  ['yyyyMMddHHmmss', '20261123093000', 'instant', '2026-11-23T09:30:00+08:00'],
  ['yyyy-MM-dd HH:mm:ss', '2026-11-23 23:59:59', 'instant', '2026-11-23T23:59:59+08:00'],
  ['yyyyMMdd', '20261123', 'instant', '2026-11-23T00:00:00+08:00'],
  ['yyyyMMdd', '20280229', 'day', '2028-02-29'],
  ['yyyy/MM/dd HH:mm:ss', '2026/11/23 00:00:00', 'day', '2026-11-23'],
  ['HHmm', '0830', 'time', '08:30'],
  ['yyyyMMdd', '20260229', 'day', undefined],
  ['yyyyMMdd', '20261323', 'day', undefined],
  ['yyyyMMdd', '2026112', 'day', undefined],
  ['yyyyMMdd', '20261123 ', 'day', undefined],
  ['yyyyMMddHHmmss', '20261123240000', 'instant', undefined],
  ['yyyyMMddHHmmss', '20261123096000', 'instant', undefined],
  ['HHmm', '2460', 'time', undefined],
] as const)('%s of %s as %s', (format, text, kind, value) => {
  expect(parseAs(format, text, kind)).toBe(value)
})
