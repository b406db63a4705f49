import { maskCardNumber } from '@zhangyi/core'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import type { Session } from '../platform/sessions/session.ts'
import { loadRecord } from './load-record.ts'
import { openRecords } from './open-records.ts'
import { recordAccess } from './record-access.ts'
import type { RecordsRoom } from './room.ts'
import { type RecordQuestion, viewRecord } from './show-record.ts'

export interface PrintedRecord {
  readonly bytes: Buffer
  /** ASCII, and without anything about the patient. */
  readonly fileName: string
}

/**
 * One report as a PDF. The audit entry has the number that is printed on every page, so that a sheet which turns up
 * somewhere can be traced to who took it.
 */
export async function printRecord(
  room: RecordsRoom,
  session: Session,
  question: RecordQuestion,
): Promise<PrintedRecord> {
  const records = await openRecords(room, session, question)
  const report = await loadRecord(room, records, question.key)
  const record = viewRecord(room, records, report)
  const { name, phone } = hospitalOf(room, session)
  const { visit_card } = records.patient
  const auditNumber = currentTraceId()
  const bytes = await room.printer.print(session.userId, {
    record,
    hospital: { name, phone },
    visitCard: visit_card && maskCardNumber(room.cipher.open(visit_card, 'patient.visit_card').reveal()),
    madeAtMs: room.clock.nowMs(),
    auditNumber,
  })
  await recordAccess(room, records, 'records.pdf', { count: 1, reportId: report.reportId })
  return { bytes, fileName: `${question.kind}-${auditNumber}.pdf` }
}
