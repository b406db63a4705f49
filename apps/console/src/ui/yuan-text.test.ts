import { expect, test } from 'vitest'
import { yuanText } from './yuan-text.ts'

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [-120_500, '-1,205.00'],
  [99_999, '999.99'],
  [100_000, '1,000.00'],
  [123_456_789_01, '123,456,789.01'],
])('%i fen is %s yuan', (amountFen, text) => {
  expect(yuanText(amountFen)).toBe(text)
})
