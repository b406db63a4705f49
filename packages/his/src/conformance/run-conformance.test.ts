import { ManualClock } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { HisError, type HisPort } from '../port.ts'
import { seededRandom } from '../simulator/generate-people.ts'
import { KNOWN } from '../simulator/known-persons.ts'
import { createSimulatedHospital } from '../simulator/simulated-hospital.ts'
import { parseFixtures } from './fixtures.ts'
import { formatConformance } from './format-conformance.ts'
import { runConformance } from './run-conformance.ts'
import { hospitalThatLosesReplies } from './test-support/break-port.ts'

const FIXTURES = { oneArchive: KNOWN.liMinghua, severalArchives: KNOWN.sunGuizhen }
const random = seededRandom(7)

describe('the conformance kit', () => {
  test('passes the simulated hospital', async () => {
    const fixtures = { ...FIXTURES, filedUnder15: KNOWN.zhaoDefu }
    const { port, loseReply } = hospitalThatLosesReplies()
    const results = await runConformance(port, fixtures, { random, loseReply })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
    const leftOut = results.filter(({ status }) => status === 'not-offered')
    expect(leftOut.map(({ name }) => name)).toEqual(['deposits.status-of-unknown-hold'])
    expect(formatConformance(results)).toMatch(/^✓ 探测.*通过 19 项，失败 0 项，未提供 1 项。可以接入。$/s)
  })

  test('names every check once, in Chinese', async () => {
    const results = await runConformance(createSimulatedHospital().port, FIXTURES, { random })
    expect(new Set(results.map(({ name }) => name)).size).toBe(results.length)
    for (const { zh } of results) expect(zh).toMatch(/\p{Script=Han}/u)
  })

  test('leaves out what fixtures, hooks and adapter do not bring, and says what it is', async () => {
    const results = await runConformance(createSimulatedHospital().port, FIXTURES, { random })
    const leftOut = results.filter(({ status }) => status === 'not-offered')
    expect(leftOut.map(({ name, why }) => [name, why])).toEqual([
      ['archives.find-filed-under-15', expect.stringContaining('filedUnder15')],
      ['archives.create-with-lost-reply', expect.stringContaining('loseReply')],
      ['cards.bind-with-lost-reply', expect.stringContaining('loseReply')],
      ['deposits.status-of-unknown-hold', expect.stringContaining('deposits')],
    ])
  })

  test('runs only the chosen checks or groups, and says that it was a part', async () => {
    const only = ['cards', 'archives.find-one']
    const results = await runConformance(createSimulatedHospital().port, FIXTURES, { random, only })
    expect(results.map(({ name }) => name)).toEqual([
      'archives.find-one',
      'cards.bind-twice',
      'cards.bind-unknown-patid',
      'cards.bind-with-lost-reply',
    ])
    expect(formatConformance(results)).toContain('只检查了一部分')
  })

  test.each([[[]], [['archive']], [['archives.find-on']]])(
    '%j chooses nothing and is refused',
    async (only) => {
      const run = runConformance(createSimulatedHospital().port, FIXTURES, { only })
      await expect(run).rejects.toThrow('archives.find-one')
    },
  )

  test('makes up a child who is a child by the clock', async () => {
    const clock = new ManualClock('2041-01-01T00:30:00+08:00')
    const { port, filings } = createSimulatedHospital({ clock })
    await runConformance(port, FIXTURES, { random, clock, only: ['archives.create-child'] })
    expect(filings[0]?.filed).toMatchObject({ birthday: expect.stringMatching(/^2036-/), guardian: {} })
  })

  test('checks deposits once they are offered', async () => {
    const never = () => Promise.reject(new HisError('refused', 'none', 'none'))
    const deposits = { hold: never, confirm: never, release: never, status: async () => undefined }
    const port: HisPort = { ...createSimulatedHospital().port, deposits }
    const results = await runConformance(port, FIXTURES, { random })
    expect(results.find(({ name }) => name.startsWith('deposits.'))?.status).toBe('passed')
  })

  test('shows no personal data in its own report', async () => {
    const { archives, ...port } = createSimulatedHospital().port
    const find: HisPort['archives']['find'] = ({ name, idNumbers }) =>
      Promise.reject(new HisError('refused', 'E1', `${name} ${idNumbers.join(' ')}`))
    const results = await runConformance({ ...port, archives: { ...archives, find } }, FIXTURES, { random })
    const report = formatConformance(results)
    expect(report).toContain('✗ 查档')
    expect(report).toContain('[已隐藏] [已隐藏] [已隐藏]')
    expect(report).not.toContain(KNOWN.liMinghua.name)
    expect(report).not.toMatch(/\d{15}/)
  })
})

describe('fixtures from a file', () => {
  const today = '2026-11-23'

  test('are read, whatever else the file holds', () => {
    const { name, idNumber } = KNOWN.liMinghua
    const person = { name, idNumber }
    expect(parseFixtures({ oneArchive: KNOWN.liMinghua, severalArchives: person, more: 1 }, today)).toEqual({
      oneArchive: person,
      severalArchives: person,
    })
  })

  test.each([
    [undefined, 'JSON 对象'],
    [[], 'JSON 对象'],
    [{}, 'oneArchive'],
    [{ oneArchive: { name: '', idNumber: KNOWN.wuTao.idNumber } }, 'oneArchive.name'],
    [{ oneArchive: { name: '吴涛', idNumber: '330108198811237011' } }, 'checksum'],
  ])('%j is refused with a sentence', (content, words) => {
    expect(() => parseFixtures(content, today)).toThrow(words)
  })
})
