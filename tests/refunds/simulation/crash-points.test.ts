import { expect, test } from 'vitest'
import { tryCrashPoints } from './crash-points.ts'
import { SCENARIOS } from './crash-scenarios.ts'

const EVERY = 13

test.each(SCENARIOS)(
  `killed at every ${EVERY}th point and taken over by another process: $name`,
  async (scenario) => {
    const { tried } = await tryCrashPoints(scenario, EVERY)
    expect(tried).toBeGreaterThan(2)
  },
)
