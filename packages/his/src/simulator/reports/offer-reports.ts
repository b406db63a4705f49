import { HisError } from '../../port.ts'
import type { HisReports, Report, ReportSummary } from '../../reports.ts'
import { inRange, newestFirst } from '../day-range.ts'
import type { HospitalState } from '../hospital-state.ts'
import type { Desk } from '../open-desk.ts'
import { seedReports } from './seed-reports.ts'

export function offerReports({ state, seed, read }: Desk): HisReports {
  const reportsOf = (patid: string): readonly Report[] => [
    ...seededOf(state, seed, patid),
    ...state.reports.filter((report) => report.patid === patid),
  ]
  return {
    list: (query) =>
      read('reports.list', () =>
        reportsOf(query.patid)
          .filter(({ kind, reportedAt }) => kind === query.kind && inRange(reportedAt, query))
          .sort(newestFirst(({ reportedAt }) => reportedAt))
          .map(summaryOf),
      ),
    detail: ({ kind, patid, reportId }) =>
      read('reports.detail', () => {
        const report = reportsOf(patid).find((one) => one.reportId === reportId && one.kind === kind)
        if (!report) throw new HisError('refused', 'not-found', 'reports.detail: no such report')
        return report
      }),
  }
}

// A person who was filed later may stand where the seed has nobody: the seed knows its own archives only.
function seededOf({ archives, filings, openedAtMs }: HospitalState, seed: number, patid: string) {
  const index = archives.findIndex((archive) => archive.patid === patid)
  const archive = archives[index]
  const filed = filings.some((filing) => filing.patid === patid)
  return archive === undefined || filed ? [] : seedReports(seed, archive, index + 1, openedAtMs)
}

function summaryOf(report: Report): ReportSummary {
  const { kind, patid, reportId, title, departmentName, doctorName, reportedAt, abnormal, modality } = report
  return { kind, patid, reportId, title, departmentName, doctorName, reportedAt, abnormal, modality }
}
