import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addFen, FenError, fen, formatYuan, parseYuan, subtractFen } from './fen.ts'

const seed = 20_261_123
// The largest amount that `parseYuan` takes: 13 digits of yuan.
const LARGEST = 10 ** 15 - 1
const amounts = fc.integer({ min: -LARGEST, max: LARGEST }).map(fen)

describe('yuan at the edges', () => {
  test(`parse after format gives the same amount (seed ${seed})`, () => {
    fc.assert(
      fc.property(amounts, (amount) => parseYuan(formatYuan(amount)) === amount),
      { seed, numRuns: 1_000 },
    )
  })

  test.each([
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['12', 1_200],
    ['12.3', 1_230],
    ['12.34', 1_234],
    [' 12.34 ', 1_234],
    ['-0.05', -5],
    ['0.29', 29], // 0.29 * 100 is 28.999999999999996 in floating point
    ['1.15', 115],
    ['9999999999999.99', LARGEST],
  ])('%s yuan is %d fen', (text, expected) => {
    expect(parseYuan(text)).toBe(expected)
  })

  test.each([
    '',
    ' ',
    '.5',
    '5.',
    '1.234',
    '+1',
    '--1',
    '1e3',
    '1,000',
    '0x10',
    'NaN',
    'Infinity',
    '１２',
    '12元',
    '12 34',
    '10000000000000',
  ])('「%s」 is refused', (text) => {
    expect(() => parseYuan(text)).toThrow(FenError)
  })

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [100, '1.00'],
    [-123_456, '-1234.56'],
  ])('%d fen is written %s', (amount, text) => {
    expect(formatYuan(fen(amount))).toBe(text)
  })

  test('the error does not repeat what was typed', () => {
    expect(() => parseYuan('secret')).toThrow(/^(?!.*secret)/)
  })
})

describe('fen', () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])('%d is no amount', (value) => {
    expect(() => fen(value)).toThrow(FenError)
  })

  test('there is one zero', () => {
    expect(Object.is(fen(-0), 0)).toBe(true)
  })

  test(`adding and subtracting are exact (seed ${seed})`, () => {
    fc.assert(
      fc.property(amounts, amounts, (left, right) => subtractFen(addFen(left, right), right) === left),
      { seed, numRuns: 500 },
    )
  })

  test('adding nothing gives zero', () => {
    expect(addFen()).toBe(0)
  })

  test('a sum that leaves the exact range on its way is refused, not rounded', () => {
    expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(2), fen(-2))).toThrow(FenError)
  })
})
