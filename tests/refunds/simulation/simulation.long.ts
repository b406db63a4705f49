import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const CASES = 150
const LOOSE_CASES = 100
const timeout = 900_000

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  `${CASES} random refunds over 30 days under every fault: nothing lost, nothing paid twice (seed %i)`,
  { timeout },
  async (seed) => {
    const { applied } = await simulate({ seed, cases: CASES })
    expect(applied).toBeGreaterThanOrEqual(CASES)
  },
)

test.each([11, 12, 13, 14, 15])(
  `${LOOSE_CASES} of them with transactions truly at the same time (seed %i)`,
  { timeout },
  async (seed) => {
    const { applied } = await simulate({ seed, cases: LOOSE_CASES, loose: true })
    expect(applied).toBeGreaterThanOrEqual(LOOSE_CASES)
  },
)
