import { ManualClock } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { HisError, type HisPort } from '../port.ts'
import { seededRandom } from '../simulator/generate-people.ts'
import { KNOWN } from '../simulator/known-persons.ts'
import { createSimulatedHospital, type RefundStyle } from '../simulator/simulated-hospital.ts'
import { parseFixtures } from './fixtures.ts'
import { formatConformance } from './format-conformance.ts'
import { runConformance } from './run-conformance.ts'
import { ALL_FIXTURES, hospitalWithHooks } from './test-support/break-port.ts'

const FIXTURES = { oneArchive: KNOWN.liMinghua, severalArchives: KNOWN.sunGuizhen }
const random = seededRandom(7)

describe('the conformance kit', () => {
  test('passes the simulated hospital', async () => {
    const { port, hooks } = hospitalWithHooks()
    const results = await runConformance(port, ALL_FIXTURES, { random, ...hooks })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
    const leftOut = results.filter(({ status }) => status === 'not-offered')
    expect(leftOut.filter(({ name }) => !name.startsWith('deductions.'))).toEqual([])
    expect(formatConformance(results)).toMatch(/^✓ 探测.*失败 0 项，未提供 10 项。可以接入。$/s)
  })

  test.each<[RefundStyle, readonly string[]]>([
    ['single-step', []],
    [
      'single-step-without-reversal',
      ['deductions.deduct-at-once', 'deductions.reverse-gives-back', 'deductions.reverse-with-lost-reply'],
    ],
  ])('passes a hospital whose refunds are %s', async (refunds, expected) => {
    const { port, hooks } = hospitalWithHooks({ refunds })
    const results = await runConformance(port, ALL_FIXTURES, { random, ...hooks })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
    const leftOut = results.filter(
      ({ name, status }) => status === 'not-offered' && !name.startsWith('deposits.'),
    )
    expect(leftOut.map(({ name }) => name)).toEqual(expected)
  })

  test.each<[RefundStyle, number]>([
    ['two-phase', 3],
    ['single-step', 1],
    ['single-step-without-reversal', 6],
  ])('leaves the money as it found it, but for some fen of the depositor (%s: %d)', async (refunds, fen) => {
    const { port, hooks } = hospitalWithHooks({ refunds })
    const before = await port.balances?.of('P100001')
    await runConformance(port, ALL_FIXTURES, { random, ...hooks })
    const after = await port.balances?.of('P100001')
    expect((before?.total ?? 0) - (after?.total ?? 0)).toBe(fen)
    expect(after).toMatchObject({ refundable: after?.total, reason: undefined })
  })

  test('names every check once, in Chinese', async () => {
    const results = await runConformance(createSimulatedHospital().port, FIXTURES, { random })
    expect(new Set(results.map(({ name }) => name)).size).toBe(results.length)
    for (const { zh } of results) expect(zh).toMatch(/\p{Script=Han}/u)
  })

  test('leaves out what fixtures, hooks and adapter do not bring, and says what it is', async () => {
    const results = await runConformance(createSimulatedHospital().port, FIXTURES, { random })
    const leftOut = results.filter(({ status }) => status === 'not-offered')
    const whys = Object.fromEntries(leftOut.map(({ name, why }) => [name, why]))
    expect(whys).toMatchObject({
      'archives.find-filed-under-15': expect.stringContaining('filedUnder15'),
      'archives.create-with-lost-reply': expect.stringContaining('loseReply'),
      'cards.bind-with-lost-reply': expect.stringContaining('loseReply'),
      'balances.adds-up': expect.stringContaining('depositor'),
      'deposits.hold-too-much': expect.stringContaining('depositor'),
      'deductions.deduct-too-much': expect.stringContaining('deductions'),
      'appointments.lock-expires': expect.stringContaining('passTime'),
      'fees.post-once': expect.stringContaining('feePayer'),
      'reports.list-fits': expect.stringContaining('reportReader'),
    })
    const { probe, archives, cards } = createSimulatedHospital().port
    const smallest = await runConformance({ probe, archives, cards }, FIXTURES, { random })
    const offered = smallest
      .filter(({ status }) => status !== 'not-offered')
      .map(({ name }) => name.split('.')[0])
    expect(new Set(offered)).toEqual(new Set(['port', 'archives', 'cards']))
    expect(smallest.filter(({ status }) => status === 'failed')).toEqual([])
  })

  test('leaves out the checks of an update that the adapter does not offer', async () => {
    const { port, hooks } = hospitalWithHooks({ updatesArchives: false })
    const results = await runConformance(port, ALL_FIXTURES, { random, ...hooks, only: ['archives'] })
    const updates = results.filter(({ name }) => name.startsWith('archives.update-'))
    expect(updates).toHaveLength(5)
    for (const { status, why } of updates)
      expect({ status, why }).toEqual({
        status: 'not-offered',
        why: expect.stringContaining('archives.update'),
      })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
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
    const all = { oneArchive: person, severalArchives: person, depositor: person, reportReader: person }
    expect(parseFixtures(all, today)).toEqual(all)
  })

  test.each([
    [undefined, 'JSON 对象'],
    [[], 'JSON 对象'],
    [{}, 'oneArchive'],
    [{ oneArchive: { name: '', idNumber: KNOWN.wuTao.idNumber } }, 'oneArchive.name'],
    [{ oneArchive: KNOWN.wuTao, severalArchives: KNOWN.wuTao, feePayer: 7 }, 'feePayer'],
    [{ oneArchive: { name: '吴涛', idNumber: '330108198811237011' } }, 'checksum'],
  ])('%j is refused with a sentence', (content, words) => {
    expect(() => parseFixtures(content, today)).toThrow(words)
  })
})
