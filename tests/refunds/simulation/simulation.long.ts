import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const CASES = 150
const LOOSE_CASES = 100
const DOUBTFUL_CASES = 60
const SAME_CASES = 30
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

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  `${DOUBTFUL_CASES} of which nobody knows what became of a sending: no refusal is believed too early (seed %i)`,
  { timeout },
  async (seed) => {
    const { refusedAndAccepted } = await simulate({ seed, cases: DOUBTFUL_CASES, scenario: 'doubt' })
    expect(refusedAndAccepted).toBeGreaterThan(DOUBTFUL_CASES / 10)
  },
)

test.each([11, 12, 13])(
  `${DOUBTFUL_CASES} of those with transactions truly at the same time (seed %i)`,
  { timeout },
  async (seed) => {
    const { applied } = await simulate({ seed, cases: DOUBTFUL_CASES, scenario: 'doubt', loose: true })
    expect(applied).toBeGreaterThanOrEqual(DOUBTFUL_CASES)
  },
)

test.each(['everyday', 'doubt'] as const)(
  'the same seed is the same run, so that one that failed can be looked at again: %s',
  { timeout },
  async (scenario) => {
    const once = async () => ({ ...(await simulate({ seed: 5, cases: SAME_CASES, scenario })), tookMs: 0 })
    expect(await once()).toEqual(await once())
  },
)
