import { fen } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitAmount } from './split-amount.ts'

const RULES = { limitFen: 2_000_000, belowNamed: 'counter', aboveLimit: 'split' } as const
const SEED = 20_261_128

test('sums that WeChat cannot pay, or cannot check the payee of, go to the counter', () => {
  expect(splitAmount(fen(9), RULES)).toHaveProperty('refused')
  expect(splitAmount(fen(29), RULES)).toHaveProperty('refused')
  expect(splitAmount(fen(29), { ...RULES, belowNamed: 'transfer' })).toEqual([29])
  expect(splitAmount(fen(30), RULES)).toEqual([30])
  expect(splitAmount(fen(2_000_001), { ...RULES, aboveLimit: 'counter' })).toHaveProperty('refused')
})

test(`what is split adds up, and every part can be paid with a name (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 30, max: 20_000_000 }),
      fc.integer({ min: 60, max: 2_000_000 }),
      (sum, limitFen) => {
        const parts = splitAmount(fen(sum), { ...RULES, limitFen })
        if (!Array.isArray(parts)) return sum > limitFen * 10
        const total = parts.reduce((all, part) => all + part, 0)
        return total === sum && parts.every((part) => part >= 30 && part <= limitFen)
      },
    ),
    { seed: SEED },
  )
})
