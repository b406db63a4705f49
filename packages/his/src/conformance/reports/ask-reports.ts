import type { ReportKind, ReportSummary } from '../../reports.ts'
import { daysAround, groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceBench, must } from '../check.ts'

export const KINDS: readonly ReportKind[] = [
  'lab',
  'examination',
  'check-up',
  'inpatient-day',
  'prescription',
  'diagnosis',
]
export const YEARS_BACK = 2

/** All reports of the reader, kind by kind. */
export async function allReports(bench: ConformanceBench): Promise<readonly ReportSummary[]> {
  const patid = await patidOf(bench, 'reportReader')
  const range = daysAround(bench, YEARS_BACK * 365, 0)
  const reports: ReportSummary[] = []
  for (const kind of KINDS) reports.push(...(await groupOf(bench, 'reports').list({ patid, kind, ...range })))
  must(reports.length > 0, '样本 reportReader 两年内没有报告')
  return reports
}
