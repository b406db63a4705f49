import { expect, test } from 'vitest'
import { checkScalar } from './check-scalar.ts'

test('bug: one cost taken back in an inpatient list made the whole list unreadable', () => {
  expect(checkScalar({ kind: 'fen', signed: true }, -5_000, 'lines[0].amountFen')).toBe(-5_000)
  expect(() => checkScalar({ kind: 'fen' }, -5_000, 'amountFen')).toThrow('fen')
  expect(() => checkScalar({ kind: 'fen', signed: true }, 0.5, 'amountFen')).toThrow('fen')
})
