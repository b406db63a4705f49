import { describe, expect, test } from 'vitest'
import type { HisPort } from '../../port.ts'
import type { ReportKind } from '../../reports.ts'
import { createSimulatedHospital } from '../simulated-hospital.ts'
import { memoryStore, openHospital } from '../test-support/open-hospital.ts'

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

  test('of blood mark what is too high and too low, by their own reference range', async () => {
    const { port, hospital } = await openHospital()
    let seen = 0
    for (const { patid } of hospital.archives.slice(0, 60))
      for (const summary of await port.reports.list({ patid, kind: 'lab', ...EVER })) {
        const { indicators } = await port.reports.detail(summary)
        for (const { value, referenceRange, flag, unit } of indicators) {
          if (unit === undefined) continue
          const [low = 0, high = 0] = (referenceRange ?? '').split('-').map(Number)
          const expected = Number(value) > high ? 'high' : Number(value) < low ? 'low' : 'normal'
          expect(flag).toBe(expected)
          seen += 1
        }
      }
    expect(seen).toBeGreaterThan(80)
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
