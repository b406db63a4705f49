import { describe, expect, test } from 'vitest'
import { seededRandom } from '../simulator/generate-people.ts'
import type { RefundStyle } from '../simulator/simulated-hospital.ts'
import { CHECKS } from './checks.ts'
import { runConformance } from './run-conformance.ts'
import { ALL_FIXTURES, hospitalWithHooks, withFind } from './test-support/break-port.ts'
import { BROKEN, TIME_LIMIT_MS } from './test-support/broken-adapters.ts'
import type { Break } from './test-support/change-method.ts'

/** The simulated hospital with something replaced, put through the kit; the names of the checks that failed. */
async function failuresOf(breakIt: Break, refunds: RefundStyle = 'two-phase'): Promise<readonly string[]> {
  const { port, hooks } = hospitalWithHooks({ refunds })
  const results = await runConformance(breakIt(port), ALL_FIXTURES, {
    random: seededRandom(7),
    timeLimitMs: TIME_LIMIT_MS,
    ...hooks,
  })
  return results.filter(({ status }) => status === 'failed').map(({ name }) => name)
}

describe('an adapter that', () => {
  test.each(BROKEN.map(([what, breakIt, expected, refunds]) => ({ what, breakIt, expected, refunds })))(
    '$what is caught by the right check',
    async ({ breakIt, expected, refunds }) => {
      expect(await failuresOf(breakIt, refunds)).toEqual(expected)
    },
  )

  test('a check must catch is there for every check', () => {
    const caught = new Set(BROKEN.flatMap(([, , failures]) => failures))
    expect(CHECKS.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([])
  })

  test('creates nothing fails every check that looks the person up', async () => {
    const breakIt = withFind(
      (find) => async (person) => (await find(person)).filter(({ campus }) => campus !== undefined),
    )
    expect(await failuresOf(breakIt)).toEqual(
      expect.arrayContaining(['archives.create-then-find', 'archives.create-child']),
    )
  })

  test('never answers is given up, check by check', async () => {
    const failures = await failuresOf((port) => ({ ...port, probe: () => new Promise<never>(() => {}) }))
    expect(failures).toEqual(['port.probe', 'port.answer-in-time'])
  })
})
