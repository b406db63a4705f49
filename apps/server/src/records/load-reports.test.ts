import { HisError, type HisReports, type Report, type ReportSummary } from '@zhangyi/his'
import { expect, test } from 'vitest'
import { AT_ONCE, loadReports, MAX_FAILED, MAX_LOADED, TIME_LIMIT_MS } from './load-reports.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordsRoom } from './room.ts'

const summaries = (count: number): ReportSummary[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ kind: 'lab', patid: 'P1', reportId: `R${index}`, title: '血常规', departmentName: undefined },
    ...{ doctorName: undefined, reportedAt: '2026-11-22T00:00:00.000Z', abnormal: undefined },
  }))
const contentOf = (summary: ReportSummary): Report => ({
  ...summary,
  ...{ indicators: [], sections: [], lines: [], modality: undefined },
})
const all = summaries(MAX_LOADED + 20)
const never = () => false
const room = { log: { warn() {}, error() {}, info() {} } } as unknown as RecordsRoom

/** Answers by `fails`, and counts how many are asked at the same time. */
function hisOf(fails: (reportId: string) => boolean) {
  const asked: string[] = []
  let now = 0
  const most = { atOnce: 0 }
  const detail: HisReports['detail'] = async ({ reportId }) => {
    asked.push(reportId)
    most.atOnce = Math.max(most.atOnce, ++now)
    await new Promise(setImmediate)
    now--
    if (fails(reportId)) throw new HisError('unavailable', 'timeout', 'no answer')
    return contentOf(all.find((one) => one.reportId === reportId) as ReportSummary)
  }
  const records = { kind: 'lab', patient: { patid: 'P1' }, reports: { detail } } as unknown as OpenRecords
  return { asked, most, records }
}

test('few at the same time, in order, and not beyond the limit', async () => {
  const { asked, most, records } = hisOf(never)
  const { reports, missing } = await loadReports(room, records, all, never)
  expect(reports.map(({ reportId }) => reportId)).toEqual(
    all.slice(0, MAX_LOADED).map(({ reportId }) => reportId),
  )
  expect([asked.length, most.atOnce, missing]).toEqual([MAX_LOADED, AT_ONCE, 'limit'])
})

test('what fails is left out and counted', async () => {
  const { records } = hisOf((reportId) => reportId === 'R1')
  const { reports, missing } = await loadReports(room, records, all.slice(0, 6), never)
  expect(reports.map(({ reportId }) => reportId)).toEqual(['R0', 'R2', 'R3', 'R4', 'R5'])
  expect(missing).toBe('unavailable')
})

test('a HIS that is down is not asked for one report after the other', async () => {
  const { asked, records } = hisOf(() => true)
  expect(await loadReports(room, records, all, never)).toEqual({ reports: [], missing: 'unavailable' })
  expect(asked.length).toBeLessThan(MAX_FAILED + AT_ONCE)
})

test('a slow HIS is not waited for without end: what is there is used, and that some is missing is known', async () => {
  const { asked, records } = hisOf(never)
  let waitedMs = 0
  const elapsedMs = () => (waitedMs += TIME_LIMIT_MS / 2)
  const { reports, missing } = await loadReports(room, records, all, never, elapsedMs)
  expect([reports.length, asked.length, missing]).toEqual([2 * AT_ONCE, 2 * AT_ONCE, 'unavailable'])
})

test('all of a few reports are looked at', async () => {
  const { records } = hisOf(never)
  const { reports, missing } = await loadReports(room, records, all.slice(0, 5), never)
  expect([reports.length, missing]).toEqual([5, 'none'])
})

test('no more is asked when it is enough', async () => {
  const { asked, records } = hisOf(never)
  await loadReports(room, records, all, (loaded) => loaded.length >= 5)
  expect(asked).toHaveLength(2 * AT_ONCE)
})
