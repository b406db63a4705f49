import { describe, expect, test } from 'vitest'
import type { HisPort } from '../port.ts'
import { seededRandom } from '../simulator/generate-people.ts'
import { KNOWN } from '../simulator/known-persons.ts'
import { CHECKS } from './checks.ts'
import { runConformance } from './run-conformance.ts'
import { hospitalThatLosesReplies, withFind } from './test-support/break-port.ts'
import { BROKEN, TIME_LIMIT_MS } from './test-support/broken-adapters.ts'

const FIXTURES = {
  oneArchive: KNOWN.liMinghua,
  severalArchives: KNOWN.sunGuizhen,
  filedUnder15: KNOWN.zhaoDefu,
}

/** The simulated hospital with one method replaced, put through the kit; the names of the checks that failed. */
async function failuresOf(breakIt: (port: HisPort) => HisPort): Promise<readonly string[]> {
  const { port, loseReply } = hospitalThatLosesReplies()
  const results = await runConformance(breakIt(port), FIXTURES, {
    random: seededRandom(7),
    timeLimitMs: TIME_LIMIT_MS,
    loseReply,
  })
  return results.filter(({ status }) => status === 'failed').map(({ name }) => name)
}

describe('an adapter that', () => {
  test.each(BROKEN.map(([what, breakIt, expected]) => ({ what, breakIt, expected })))(
    '$what is caught by the right check',
    async ({ breakIt, expected }) => {
      expect(await failuresOf(breakIt)).toEqual(expected)
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
