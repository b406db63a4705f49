import type { ReportSummary } from '@zhangyi/his'
import type { Session } from '../platform/sessions/session.ts'
import { askReports } from './ask-reports.ts'
import { dayRange } from './day-range.ts'
import type { RecordKind } from './kinds.ts'
import { modalityOf } from './modality.ts'
import { type OpenRecords, openRecords } from './open-records.ts'
import { recordAccess } from './record-access.ts'
import { sealRecordKey } from './record-key.ts'
import type { RecordList } from './record-views.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { RecordsRoom } from './room.ts'
import { grantOf, instantOf, patientOf } from './view-common.ts'

/** Three years of daily lab reports are below it; what is beyond is reached with a shorter range. */
const MAX_RECORDS = 1_000

export interface ListQuestion {
  readonly kind: RecordKind
  readonly patientId: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The patient's records of one kind in a range of days, newest first. */
export async function listRecords(
  room: RecordsRoom,
  session: Session,
  question: ListQuestion,
): Promise<RecordList> {
  const records = await openRecords(room, session, question)
  const days = dayRange(question, room.clock.nowMs())
  const { kind, patient } = records
  const answered = await askReports(room, async () => {
    const found = await records.reports.list({ kind, patid: patient.patid, ...days })
    return found.map((summary) => ({ ...summary, reportedAt: instantOf(summary.reportedAt) }))
  })
  await refuseForeign(room, records, answered)
  const newest = answered.toSorted(newestFirst).slice(0, MAX_RECORDS)
  if (newest.length < answered.length) room.log.warn({ kind, answered: answered.length }, 'record list cut')
  await recordAccess(room, records, 'records.listed', { count: newest.length, ...days })
  return {
    kind,
    patient: patientOf(room.cipher, records),
    ...days,
    records: newest.map((summary) => recordSummary(room, records, summary)),
    grant: grantOf(records.grant),
  }
}

/** For reports whose `reportedAt` is in UTC. */
export function newestFirst(left: Pick<ReportSummary, 'reportedAt'>, right: typeof left): number {
  return right.reportedAt.localeCompare(left.reportedAt)
}

function recordSummary(
  { cipher }: RecordsRoom,
  { scope }: OpenRecords,
  summary: ReportSummary,
): RecordList['records'][number] {
  const { reportId, title, departmentName, reportedAt, abnormal } = summary
  return {
    key: sealRecordKey(cipher, scope, reportId),
    title,
    departmentName: departmentName ?? null,
    reportedAt,
    abnormal: abnormal ?? null,
    modality: modalityOf(summary),
  }
}
