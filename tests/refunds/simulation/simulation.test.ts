import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const SEED = 20_261_133
const CASES = 25
const DOUBTFUL_CASES = 12

test(`${CASES} random refunds over 30 days under every fault: nothing lost, nothing paid twice (seed ${SEED})`, async () => {
  const { applied, ends } = await simulate({ seed: SEED, cases: CASES })
  expect(applied).toBeGreaterThanOrEqual(CASES)
  // Not because nothing ever happened.
  expect(ends.paid).toBeGreaterThan(CASES / 4)
})

test.each([7, 9])(
  `${DOUBTFUL_CASES} of which nobody knows what became of a sending: no refusal is believed too early (seed %i)`,
  async (seed) => {
    const { refusedAndAccepted } = await simulate({ seed, cases: DOUBTFUL_CASES, scenario: 'doubt' })
    // Not because no number was ever refused and accepted.
    expect(refusedAndAccepted).toBeGreaterThan(1)
  },
)
