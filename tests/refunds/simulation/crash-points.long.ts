import { expect, test } from 'vitest'
import { tryCrashPoints } from './crash-points.ts'
import { SCENARIOS } from './crash-scenarios.ts'

test.each(SCENARIOS)(
  'killed before and after every point and taken over by another process: $name',
  {
    timeout: 600_000,
  },
  async (scenario) => {
    const { points, tried } = await tryCrashPoints(scenario)
    expect(tried).toBe(2 * points)
  },
)
