import { HisError, type Report, type ReportSummary } from '@zhangyi/his'
import { stopwatch } from '../platform/stopwatch.ts'
import type { OpenRecords } from './open-records.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { RecordsRoom } from './room.ts'
import { instantOf } from './view-common.ts'

/** How many a HIS is asked for at the same time by one patient. */
export const AT_ONCE = 4
/** A patient waits: beyond these the older visits are left out. */
export const MAX_LOADED = 80
/** Then what is there is shown; a batch that is under way is waited for. */
export const TIME_LIMIT_MS = 8_000
/** A HIS that fails this often is not asked on, or each question would wait for its time limit. */
export const MAX_FAILED = 4

export interface LoadedReports {
  readonly reports: readonly Report[]
  /**
   * Why not all were looked at, if so: `unavailable` some did not load or not in time, `limit` there are more than we
   * ask for.
   */
  readonly missing: 'none' | 'unavailable' | 'limit'
}

/**
 * The contents behind summaries, in their order, until `enough` says so of those loaded. One that the HIS fails to give
 * is left out and counted; one of somebody else refuses them all.
 */
export async function loadReports(
  room: RecordsRoom,
  records: OpenRecords,
  summaries: readonly ReportSummary[],
  enough: (loaded: readonly Report[]) => boolean,
  // Not business time: how long the patient has been waiting.
  elapsedMs: () => number = stopwatch(),
): Promise<LoadedReports> {
  const reports: Report[] = []
  let failed = 0
  let broken = false
  for (let at = 0; at < Math.min(summaries.length, MAX_LOADED); at += AT_ONCE) {
    broken = at > 0 && (failed >= MAX_FAILED || elapsedMs() >= TIME_LIMIT_MS)
    if (broken) break
    const asked = summaries.slice(at, Math.min(at + AT_ONCE, MAX_LOADED))
    const answers = await Promise.all(asked.map((summary) => loadOne(records, summary)))
    for (const [index, answer] of answers.entries()) {
      if (!answer) continue
      await refuseForeign(room, records, [answer], asked[index]?.reportId)
      reports.push(answer)
    }
    failed += answers.filter((answer) => answer === undefined).length
    if (enough(reports)) break
  }
  const missing = broken || failed > 0 ? 'unavailable' : summaries.length > MAX_LOADED ? 'limit' : 'none'
  if (missing !== 'none')
    room.log.warn(
      { kind: records.kind, missing, failed, loaded: reports.length },
      'reports left out of a trend',
    )
  return { reports, missing }
}

async function loadOne({ reports }: OpenRecords, summary: ReportSummary): Promise<Report | undefined> {
  const { kind, patid, reportId } = summary
  try {
    const report = await reports.detail({ kind, patid, reportId })
    return { ...report, reportedAt: instantOf(report.reportedAt) }
  } catch (error) {
    if (error instanceof HisError) return undefined
    throw error
  }
}
