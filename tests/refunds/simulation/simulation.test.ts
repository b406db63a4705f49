import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const SEED = 20_261_128
const CASES = 25

test(`${CASES} random refunds over 30 days under every fault: nothing lost, nothing paid twice (seed ${SEED})`, async () => {
  const { applied, ends } = await simulate({ seed: SEED, cases: CASES })
  expect(applied).toBeGreaterThanOrEqual(CASES)
  // Not because nothing ever happened.
  expect(ends.paid).toBeGreaterThan(CASES / 4)
})
