import { no, type Outcome, yes } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { HisError, type HisPort } from '../port.ts'
import { seededRandom } from '../simulator/generate-people.ts'
import { KNOWN } from '../simulator/known-persons.ts'
import { createSimulatedHospital } from '../simulator/simulated-hospital.ts'
import { runConformance } from './run-conformance.ts'
import {
  filesTwice,
  onKeyInFlight,
  onRepeatedKey,
  withBind,
  withCreate,
  withFind,
} from './test-support/break-port.ts'

const FIXTURES = {
  oneArchive: KNOWN.liMinghua,
  severalArchives: KNOWN.sunGuizhen,
  filedUnder15: KNOWN.zhaoDefu,
}
const TIME_LIMIT_MS = 400

/** The simulated hospital with one method replaced, put through the kit; the names of the checks that failed. */
async function failuresOf(breakIt: (port: HisPort) => HisPort): Promise<readonly string[]> {
  const results = await runConformance(breakIt(createSimulatedHospital().port), FIXTURES, {
    random: seededRandom(7),
    timeLimitMs: TIME_LIMIT_MS,
  })
  return results.filter(({ status }) => status === 'failed').map(({ name }) => name)
}

const mangled = (name: string) => name.replace(/[·䶮\u{20000}-\u{2FFFF}]/gu, '?')

const BROKEN: readonly [string, (port: HisPort) => HisPort, readonly string[]][] = [
  [
    'cannot be probed',
    (port) => ({ ...port, probe: () => Promise.reject(new HisError('unavailable', 'down', 'down')) }),
    ['port.probe', 'port.answer-in-time'],
  ],
  [
    'looks up the first form of the number only',
    withFind((find) => (person) => find({ ...person, idNumbers: person.idNumbers.slice(0, 1) })),
    ['archives.find-by-every-form', 'archives.find-filed-under-15'],
  ],
  [
    'answers the first archive only',
    withFind((find) => async (person) => (await find(person)).slice(0, 1)),
    ['archives.find-several'],
  ],
  [
    'takes nobody found for an error',
    withFind((find) => async (person) => {
      const found = await find(person)
      if (found.length === 0) throw new HisError('refused', 'E404', 'not found')
      return found
    }),
    ['archives.find-unknown'],
  ],
  ['files the same person again', filesTwice(({ kind }) => kind === 'no'), ['archives.create-again']],
  [
    'has its own word for duplicate',
    withCreate((create) => async (wanted, key) => {
      const answer = await create(wanted, key)
      return answer.kind === 'no' ? no('-1', '已存在') : answer
    }),
    ['archives.create-again'],
  ],
  [
    'does not look at the request key',
    withCreate((create) => (wanted) => create(wanted, crypto.randomUUID())),
    ['archives.create-with-same-key'],
  ],
  [
    'files again when the request key comes back',
    filesTwice(onRepeatedKey()),
    ['archives.create-with-same-key', 'archives.create-at-once'],
  ],
  ['files twice when two requests come at once', onKeyInFlight(), ['archives.create-at-once']],
  [
    'refuses children with a guardian',
    withCreate((create) => (wanted, key) => (wanted.guardian ? refuse('guardian') : create(wanted, key))),
    ['archives.create-child'],
  ],
  [
    'refuses passports',
    withCreate((create) => (wanted, key) => (wanted.idType === '03' ? refuse('type') : create(wanted, key))),
    ['archives.create-foreigner'],
  ],
  [
    'loses rare characters',
    withFind(
      (find) => async (person) =>
        (await find(person)).map((archive) => ({ ...archive, name: mangled(archive.name) })),
    ),
    ['archives.keep-rare-names'],
  ],
  [
    'refuses to bind twice',
    withBind((bind) => {
      const bound = new Set<string>()
      return (card, key) => {
        if (bound.has(card.healthCardId)) return refuse('bound')
        bound.add(card.healthCardId)
        return bind(card, key)
      }
    }),
    ['cards.bind-twice'],
  ],
  ['binds to any patid', withBind(() => async () => yes(undefined)), ['cards.bind-unknown-patid']],
  [
    'tells names in its refusals',
    withCreate((create) => async (wanted, key) => {
      const answer = await create(wanted, key)
      return answer.kind === 'no' ? no('duplicate', `${wanted.name} 已建档`) : answer
    }),
    ['port.no-personal-data-in-errors'],
  ],
  [
    'is slow to bind',
    withBind((bind) => async (card, key) => {
      await new Promise((resolve) => setTimeout(resolve, TIME_LIMIT_MS * 1.5))
      return bind(card, key)
    }),
    ['port.answer-in-time'],
  ],
]

async function refuse(code: string): Promise<Outcome<never>> {
  return no(code, 'refused')
}

describe('an adapter that', () => {
  test.each(BROKEN.map(([what, breakIt, expected]) => ({ what, breakIt, expected })))(
    '$what is caught by the right check',
    async ({ breakIt, expected }) => {
      expect(await failuresOf(breakIt)).toEqual(expected)
    },
  )

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
