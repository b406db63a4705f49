import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainNumber } from './plain-number.ts'
import { parseReferenceRange } from './reference-range.ts'

const SEED = { seed: 20_261_123, numRuns: 500 }
const within = (value: number) => ({ value, inclusive: true })
const beyond = (value: number) => ({ value, inclusive: false })
const both = (low: number, high: number) => ({ low: within(low), high: within(high) })

test.each([
  ['3.5-9.5', both(3.5, 9.5)],
  ['3.5~9.5', both(3.5, 9.5)],
  ['３．５～９．５', both(3.5, 9.5)],
  ['3.5 — 9.5', both(3.5, 9.5)],
  ['3.5——9.5', both(3.5, 9.5)],
  ['3.5--9.5', both(3.5, 9.5)],
  ['3.5–9.5', both(3.5, 9.5)],
  ['3.5 至 9.5', both(3.5, 9.5)],
  ['(3.5-9.5)', both(3.5, 9.5)],
  ['（3.5-9.5）', both(3.5, 9.5)],
  ['0-3.37', both(0, 3.37)],
  ['-3~3', both(-3, 3)],
  ['-3-3', both(-3, 3)],
  ['≤5.0', { low: undefined, high: within(5) }],
  ['<=5.0', { low: undefined, high: within(5) }],
  ['<5.2', { low: undefined, high: beyond(5.2) }],
  ['＜5.2', { low: undefined, high: beyond(5.2) }],
  ['>40', { low: beyond(40), high: undefined }],
  ['≥ 40', { low: within(40), high: undefined }],
])('%s is understood', (text, range) => {
  expect(parseReferenceRange(text)).toEqual(range)
})

test.each([
  ['阴性(-)'],
  ['男:130-175;女:115-150'],
  ['-3--1'],
  ['9.5-3.5'],
  ['3.5-'],
  ['-'],
  [''],
  ['<'],
  ['1,000-2,000'],
  ['1:80'],
  ['10⁹-10¹²'],
  ['3.5-9.5-12'],
  ['3.5-9.5 g/L'],
  ['约 3.5'],
  ['5.0'],
])('%s is not understood, and no mark is made from it', (text) => {
  expect(parseReferenceRange(text)).toBeUndefined()
})

test('the indicator’s own unit may stand behind the range, another one may not', () => {
  expect(parseReferenceRange('130-175 g/L', 'g/L')).toEqual(both(130, 175))
  expect(parseReferenceRange('130-175g/L', 'g/L')).toEqual(both(130, 175))
  expect(parseReferenceRange('3.5-9.5 10^9/L', '10^9/L')).toEqual(both(3.5, 9.5))
  expect(parseReferenceRange('3.5-9.510^9/L', '10^9/L')).toBeUndefined()
  expect(parseReferenceRange('130-175 mg/L', 'g/L')).toBeUndefined()
  expect(parseReferenceRange('5-10', '0')).toEqual(both(5, 10))
})

const digits = fc.tuple(fc.nat(99_999), fc.integer({ min: 0, max: 3 })).map(([n, d]) => (n / 100).toFixed(d))
const separator = fc.constantFrom('-', '~', '～', '—', '--', ' - ', '至', '–')

test('property: whatever two numbers and whatever separator, the bounds come back exactly, or nothing does', () => {
  fc.assert(
    fc.property(digits, digits, separator, (low, high, sign) => {
      const range = parseReferenceRange(`${low}${sign}${high}`)
      const expected = Number(low) <= Number(high) ? both(Number(low), Number(high)) : undefined
      expect(range).toEqual(expected)
    }),
    SEED,
  )
})

test('property: any text gives finite bounds in order, or nothing', () => {
  const pieces = fc.constantFrom(
    '3',
    '5.2',
    '-',
    '--',
    '~',
    '<',
    '=',
    '≤',
    '阴性',
    '.',
    ' ',
    '(',
    ')',
    '⁹',
    '１',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const range = parseReferenceRange(parts.join(''))
      if (!range) return
      const { low, high } = range
      expect(low ?? high).toBeDefined()
      for (const bound of [low, high]) if (bound) expect(Number.isFinite(bound.value)).toBe(true)
      if (low && high) expect(low.value).toBeLessThanOrEqual(high.value)
    }),
    SEED,
  )
})

test.each([
  ['5.6', 5.6],
  ['５．６', 5.6],
  [' -0.5 ', -0.5],
  ['−2', -2],
  ['-0', 0],
])('%s is a plain number', (text, number) => {
  expect(plainNumber(text)).toBe(number)
})

test.each(['<0.01', '阴性(-)', '5.6↑', '1,000', '+1', '10⁹', '1e5', '.5', '5.', '', '0x10', '1.2.3'])(
  '%s is not a plain number',
  (text) => {
    expect(plainNumber(text)).toBeUndefined()
  },
)
