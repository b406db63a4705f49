import { assertNever } from '@zhangyi/core'
import type { Report } from '@zhangyi/his'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { askReports } from './ask-reports.ts'
import { auditRecords } from './audit-records.ts'
import { longestRange } from './day-range.ts'
import { indicatorId } from './indicator-id.ts'
import { newestFirst } from './list-records.ts'
import { type LoadedReports, loadReports } from './load-reports.ts'
import { type OpenRecords, openRecords } from './open-records.ts'
import { recordAccess } from './record-access.ts'
import type { Trend } from './record-views.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { RecordsRoom } from './room.ts'
import { MAX_POINTS, trendOf } from './trend-of.ts'
import { instantOf } from './view-common.ts'

export interface TrendQuestion {
  readonly kind: 'lab' | 'check-up'
  readonly patientId: string
  /** An indicator's `id` of a report's view. */
  readonly indicator: string
}

/** One indicator over the visits of three years. Throws `record-not-found` for an indicator that no report has. */
export async function showTrend(
  room: RecordsRoom,
  session: Session,
  question: TrendQuestion,
): Promise<Trend> {
  const records = await openRecords(room, session, question)
  const { kind, patient } = records
  const summaries = await askReports(room, async () => {
    const days = longestRange(room.clock.nowMs())
    const found = await records.reports.list({ kind, patid: patient.patid, ...days })
    return found.map((summary) => ({ ...summary, reportedAt: instantOf(summary.reportedAt) }))
  })
  await refuseForeign(room, records, summaries)
  const trendIn = (reports: readonly Report[]) =>
    trendOf(
      reports,
      (indicator, { title }) => indicatorId(room.cipher, indicator, title) === question.indicator,
    )
  const enough = (reports: readonly Report[]) => (trendIn(reports)?.points.length ?? 0) >= MAX_POINTS
  const { reports, missing } = await loadReports(room, records, summaries.toSorted(newestFirst), enough)
  const trend = trendIn(reports)
  if (!trend) return noTrend(room, records, missing)
  await recordAccess(room, records, 'records.trend', { count: trend.points.length })
  return trend
}

/** Says "there is none" only after every report was looked at: guessed, or of a report of more than three years ago. */
async function noTrend(
  room: RecordsRoom,
  records: OpenRecords,
  missing: LoadedReports['missing'],
): Promise<never> {
  switch (missing) {
    case 'unavailable':
      throw new AppError('his-unavailable', { zh: '医院系统较慢或连不上，没能取到往次结果，请稍后再试。' })
    case 'limit':
      throw new AppError('record-not-found', { zh: '最近的报告里没有这个项目，看不了趋势。请返回查看报告。' })
    case 'none':
      await auditRecords(room, records, 'records.not-found')
      throw new AppError('record-not-found', {
        zh: '最近三年的报告里没有这个项目，看不了趋势。请返回查看报告。',
      })
    default:
      return assertNever(missing)
  }
}
