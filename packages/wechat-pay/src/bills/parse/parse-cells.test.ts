import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTimeParser, parseAmount, parseCount } from './parse-cells.ts'

const seed = 20_261_123

test.each([
  ['0', 0],
  ['0.0', 0],
  ['0.00000', 0],
  ['-0.00000', 0],
  ['12', 1_200],
  ['12.3', 1_230],
  ['12.34', 1_234],
  ['7.79000', 779],
  ['-0.07', -7],
  ['0.29', 29],
  ['1234567890123.45', 123_456_789_012_345],
])('%s yuan are %d fen', (text, amountFen) => {
  // `toBe` tells 0 from -0.
  expect(parseAmount(text, 1, '手续费')).toBe(amountFen)
})

test.each([
  ...['', '-', '.', '.5', '1.', '1.2.3', '1,234.00', '+1', ' 1', '1 ', '1e3', '0x1', '一', 'NaN', '1.005'],
  ...['0.00001', '1.0000000', '12345678901234.00', '--1', '1.-5', '١'],
])('%j is refused as an amount, with row and column', (text) => {
  expect(() => parseAmount(text, 7, '手续费')).toThrow(
    expect.objectContaining({ kind: 'amount', row: 7, column: '手续费' }),
  )
})

test(`every amount comes back exactly (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }),
      fc.nat({ max: 4 }),
      (amount, zeros) => {
        const digits = String(amount < 0n ? -amount : amount).padStart(3, '0')
        const text = `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}${'0'.repeat(zeros)}`
        expect(parseAmount(text, 1, 'x')).toBe(Number(amount))
      },
    ),
    { seed, numRuns: 200 },
  )
})

test('counts may be written as decimals', () => {
  expect(['20', '20.0', '0', '0.00', '1000000'].map((text) => parseCount(text, 'x'))).toEqual([
    20, 20, 0, 0, 1_000_000,
  ])
})

test.each(['', '-1', '20.5', '1e3', ' 2', '2.', '1234567890123'])('%j is refused as a count', (text) => {
  expect(() => parseCount(text, '收入笔数')).toThrow(
    expect.objectContaining({ kind: 'count', column: '收入笔数' }),
  )
})

test('a time is read as Shanghai’s, whatever the machine’s zone', () => {
  const parse = createTimeParser()
  const times = ['2026-11-22 00:00:00', '2026-11-22 23:59:59', '2024-02-29 12:30:01', '2026-11-22 08:00:00']
  expect(times.map((text) => new Date(parse(text, 1, 'x')).toISOString())).toEqual([
    '2026-11-21T16:00:00.000Z',
    '2026-11-22T15:59:59.000Z',
    '2024-02-29T04:30:01.000Z',
    '2026-11-22T00:00:00.000Z',
  ])
})

test.each([
  ...[
    '',
    '2026-11-22',
    '2026-11-22T00:00:00',
    '2026-11-22 24:00:00',
    '2026-11-22 00:60:00',
    '2026-02-29 00:00:00',
  ],
  ...['2026-13-01 00:00:00', '2026-11-22 00:00', '2026-11-22 00:00:00 ', '20261122000000', '0'],
])('%j is refused as a time', (text) => {
  const parse = createTimeParser()
  parse('2026-11-22 00:00:00', 1, '记账时间')
  expect(() => parse(text, 2, '记账时间')).toThrow(expect.objectContaining({ kind: 'time', row: 2 }))
})
