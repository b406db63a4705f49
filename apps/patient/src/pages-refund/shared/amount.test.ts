import { expect, test } from 'vitest'
import { readAmount } from './amount.ts'

test.each([
  ['12.34', 1234],
  ['0.1', 10],
  [' ¥386.50 ', 38_650],
  ['１２．５', 1250],
  ['12。5', 1250],
  ['1,000', 100_000],
])('%j is %i fen', (text, amountFen) => {
  expect(readAmount(text, 100_000)).toEqual({ ok: true, amountFen })
})

test.each([
  ['', '请填写金额'],
  ['12.345', '金额只能写到分，例如 12.50'],
  ['十元', '金额只能写到分，例如 12.50'],
  ['1e3', '金额只能写到分，例如 12.50'],
  ['0.00', '金额要大于 0'],
  ['-5', '金额要大于 0'],
  ['1000.01', '最多 ¥1000.00'],
])('%j is refused: %s', (text, problem) => {
  expect(readAmount(text, 100_000)).toEqual({ ok: false, problem })
})
