import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { ReportKind, ReportSummary, SimulatedHospital } from '@zhangyi/his'

const KINDS: readonly ReportKind[] = [
  ...(['lab', 'examination', 'check-up'] as const),
  ...(['inpatient-day', 'prescription', 'diagnosis'] as const),
]
const SHOWN_DAYS = 730

/** All kinds of the last two years, newest first. */
export async function reportsOf(
  { port }: SimulatedHospital,
  patid: string,
  nowMs: number,
): Promise<readonly ReportSummary[]> {
  const days = { from: shanghaiDay(nowMs - SHOWN_DAYS * DAY_MS), to: shanghaiDay(nowMs) }
  const lists = await Promise.all(KINDS.map((kind) => port.reports?.list({ kind, patid, ...days }) ?? []))
  return lists.flat().sort((left, right) => (left.reportedAt < right.reportedAt ? 1 : -1))
}
