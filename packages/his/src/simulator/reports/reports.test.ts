import { DAY_MS, fen, formatYuan, shanghaiDay } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import type { HisPort } from '../../port.ts'
import type { Indicator, ReportKind } from '../../reports.ts'
import { createSimulatedHospital } from '../simulated-hospital.ts'
import { memoryStore, NOW, openHospital } from '../test-support/open-hospital.ts'
import { seedReports } from './seed-reports.ts'

const EVER = { from: '2020-01-01', to: '2026-11-23' }
const KINDS: readonly ReportKind[] = [
  'lab',
  'examination',
  'check-up',
  'inpatient-day',
  'prescription',
  'diagnosis',
]

describe('reports', () => {
  test.each(KINDS)('of the kind %s are there for 李明华, newest first, with content', async (kind) => {
    const { port } = await openHospital()
    const list = await port.reports.list({ patid: 'P100001', kind, ...EVER })
    expect(list.length).toBeGreaterThan(0)
    expect(list.map(({ reportedAt }) => reportedAt)).toEqual(
      list
        .map(({ reportedAt }) => reportedAt)
        .toSorted()
        .toReversed(),
    )
    for (const summary of list) {
      const report = await port.reports.detail(summary)
      expect(report).toMatchObject({ ...summary })
      expect(report.indicators.length + report.sections.length + report.lines.length).toBeGreaterThan(0)
    }
  })

  test('mark what is too high and too low by the range that stands beside it', async () => {
    const { port, hospital } = await openHospital()
    const seen = new Map<string, number>()
    for (const { patid } of hospital.archives.slice(0, 60))
      for (const summary of await port.reports.list({ patid, kind: 'lab', ...EVER }))
        for (const one of (await port.reports.detail(summary)).indicators) {
          if (one.unit === undefined) continue
          const expected = markOf(one)
          // The laboratory's word goes further than the range.
          expect(one.flag === 'critical' && expected !== 'normal' ? expected : one.flag).toBe(expected)
          seen.set(String(one.flag), (seen.get(String(one.flag)) ?? 0) + 1)
        }
    expect([...seen.keys()].toSorted()).toEqual(['critical', 'high', 'low', 'normal', 'undefined'])
    expect(seen.get('normal')).toBeGreaterThan(300)
  })

  test('of 李明华 hold a white count that rises over two years, and one critical value', async () => {
    const { port } = await openHospital()
    const reports = await Promise.all(
      (await port.reports.list({ patid: 'P100001', kind: 'lab', ...EVER })).map((one) =>
        port.reports.detail(one),
      ),
    )
    const counts = reports.filter(({ title }) => title.startsWith('血常规')).toReversed()
    expect(counts.length).toBeGreaterThanOrEqual(6)
    const values = counts.map(({ indicators }) =>
      Number(indicators.find(({ code }) => code === 'WBC')?.value),
    )
    expect(values).toEqual(values.toSorted((left, right) => left - right))
    const first = Date.parse(counts[0]?.reportedAt ?? '')
    expect(Date.parse('2026-11-23') - first).toBeGreaterThan(600 * 86_400_000)
    const critical = reports.filter(({ indicators }) => indicators.some(({ flag }) => flag === 'critical'))
    expect(critical).toMatchObject([{ title: '血常规（五分类）', abnormal: true }])
    const all = reports.flatMap(({ indicators }) => indicators)
    for (const value of ['阴性(-)', '阳性(+)', '弱阳性(±)', '<0.010'])
      expect(all.map((one) => one.value)).toContain(value)
  })

  test('of 李明华 hold an examination of every kind, and check-ups of two years', async () => {
    const { port } = await openHospital()
    const of = (kind: ReportKind) => port.reports.list({ patid: 'P100001', kind, ...EVER })
    const details = await Promise.all((await of('examination')).map((one) => port.reports.detail(one)))
    expect(new Set(details.map(({ modality }) => modality))).toEqual(
      new Set(['CT', 'MR', 'DR', 'US', 'ES', 'ECG', 'PATH']),
    )
    const years = (await of('check-up')).map(({ reportedAt }) => reportedAt.slice(0, 4))
    expect(new Set(years).size).toBe(2)
    expect((await of('prescription')).length).toBeGreaterThanOrEqual(4)
  })

  test('of a stay lie on five days that follow each other; the sums stand below the lines', async () => {
    const { port } = await openHospital()
    const list = await port.reports.list({ patid: 'P100001', kind: 'inpatient-day', ...EVER })
    const days = list.map(({ reportedAt }) => shanghaiDay(Date.parse(reportedAt))).toReversed()
    const firstMs = Date.parse(`${days[0]}T00:00:00+08:00`)
    expect(days).toEqual([0, 1, 2, 3, 4].map((day) => shanghaiDay(firstMs + day * DAY_MS)))
    for (const summary of list) {
      const { lines, sections } = await port.reports.detail(summary)
      const total = lines.reduce((sum, { amount }) => sum + Number(amount), 0)
      expect(sections.find(({ title }) => title === '当日合计')?.text).toBe(`${formatYuan(fen(total))} 元`)
    }
  })

  test('are the same for the same seed, differ by person, and never lie ahead, whenever the hospital opened', () => {
    const { archives } = createSimulatedHospital()
    const made = (seed: number, at: string) =>
      archives.map((archive, index) => seedReports(seed, archive, index + 1, Date.parse(at)))
    expect(made(1, NOW)).toEqual(made(1, NOW))
    expect(made(2, NOW)).not.toEqual(made(1, NOW))
    for (const at of ['2026-03-01T00:00:01+08:00', '2026-12-31T23:59:59+08:00'])
      for (const { reportedAt } of made(1, at).flat())
        expect(Date.parse(reportedAt)).toBeLessThan(Date.parse(at))
  })

  test('of somebody else, of another kind or with an unknown number are not found', async () => {
    const { port } = await openHospital()
    const [report] = await port.reports.list({ patid: 'P100001', kind: 'lab', ...EVER })
    const key = { kind: 'lab', patid: 'P100001', reportId: report?.reportId ?? '' } as const
    const notFound = { kind: 'refused', code: 'not-found' }
    for (const other of [{ patid: 'P100002' }, { kind: 'diagnosis' as const }, { reportId: 'X' }])
      await expect(port.reports.detail({ ...key, ...other })).rejects.toMatchObject(notFound)
  })

  test('that are added are listed on their day, kept in the store, and nobody else has them', async () => {
    const store = memoryStore()
    const { hospital, port, patid, newPatient, clock } = await openHospital({ store })
    const written = { kind: 'examination', title: '心电图', modality: 'ECG' } as const
    const { reportId } = hospital.addReport(patid, {
      ...written,
      sections: [{ title: '检查结论', text: '窦性心律' }],
    })
    const today = { kind: 'examination', from: '2026-11-23', to: '2026-11-23' } as const
    expect(await port.reports.list({ patid, ...today })).toMatchObject([{ reportId, title: '心电图' }])
    expect(await port.reports.list({ patid, ...today, to: '2026-11-22' })).toEqual([])
    expect(await port.reports.list({ patid: await newPatient(), ...today })).toEqual([])
    const again = createSimulatedHospital({ store, clock }).port as Required<HisPort>
    expect(await again.reports.detail({ kind: 'examination', patid, reportId })).toMatchObject(written)
    expect(() => hospital.addReport('P1', written)).toThrow(RangeError)
  })
})

/** What follows from value and range as printed: `3.5-9.5`, `4.0～6.0`, `<7.00`, `≤8.0`, `≥1.00`. */
function markOf({ value, referenceRange }: Indicator): Indicator['flag'] {
  if (referenceRange === undefined) return undefined
  const amount = Number(value.replace('<', ''))
  const bounds = referenceRange.split(/[-～]/).map((text) => Number(text.replace(/[<≤≥]/, '')))
  const [low, high] =
    bounds.length === 2 ? bounds : /^≥/.test(referenceRange) ? bounds : [undefined, bounds[0]]
  if (low !== undefined && (value.startsWith('<') ? amount <= low : amount < low)) return 'low'
  return high !== undefined && amount > high ? 'high' : 'normal'
}
