import { addFen } from '@zhangyi/core'
import type { Report } from '@zhangyi/his'
import type { Session } from '../platform/sessions/session.ts'
import { auditRecords } from './audit-records.ts'
import { interpretationOf } from './interpretation.ts'
import type { RecordKind } from './kinds.ts'
import { loadRecord } from './load-record.ts'
import { isAbnormal, markIndicator } from './mark-indicator.ts'
import { modalityName } from './modality.ts'
import { type OpenRecords, openRecords } from './open-records.ts'
import { sealRecordKey } from './record-key.ts'
import type { RecordDetail } from './record-views.ts'
import { hospitalOf, type RecordsRoom } from './room.ts'
import { grantOf, patientOf } from './view-common.ts'
import { viewIndicator } from './view-indicator.ts'

export interface RecordQuestion {
  readonly kind: RecordKind
  readonly patientId: string
  readonly key: string
}

/** One report with its content. */
export async function showRecord(
  room: RecordsRoom,
  session: Session,
  question: RecordQuestion,
): Promise<RecordDetail> {
  const records = await openRecords(room, session, question)
  const detail = viewRecord(room, records, await loadRecord(room, records, question.key))
  await auditRecords(room, records, 'records.viewed', 1)
  return detail
}

/** The report as page and PDF show it. */
export function viewRecord(room: RecordsRoom, records: OpenRecords, report: Report): RecordDetail {
  const { kind, scope, grant } = records
  const explain = room.explainerOf(hospitalOf(room, records.session))
  const marked = report.indicators.map((indicator) => ({ indicator, marked: markIndicator(indicator) }))
  const contradicted = marked.filter((one) => one.marked.contradicted).length
  if (contradicted > 0) room.log.warn({ kind, contradicted }, 'marks of the HIS contradict its own numbers')
  const amounts = report.lines.flatMap(({ amount }) => (amount === undefined ? [] : [amount]))
  return {
    kind,
    key: sealRecordKey(room.cipher, scope, report.reportId),
    patient: patientOf(room.cipher, records),
    title: report.title,
    departmentName: report.departmentName ?? null,
    doctorName: report.doctorName ?? null,
    reportedAt: report.reportedAt,
    modality: modalityName(report.modality),
    abnormalCount: marked.filter((one) => isAbnormal(one.marked.mark)).length,
    indicators: marked.map(({ indicator, marked }) => {
      const explanation = explain({ ...indicator, title: report.title, mark: marked.mark })
      return viewIndicator(room.cipher, indicator, marked, explanation)
    }),
    sections: report.sections.map(({ title, text }) => ({ title, text })),
    lines: report.lines.map(viewLine),
    totalFen: amounts.length === 0 ? null : addFen(...amounts),
    interpretation: interpretationOf(room, records),
    grant: grantOf(grant),
  }
}

function viewLine(line: Report['lines'][number]): RecordDetail['lines'][number] {
  const { name, specification, quantity, usage, amount } = line
  return {
    name,
    specification: specification ?? null,
    quantity: quantity ?? null,
    usage: usage ?? null,
    amountFen: amount ?? null,
  }
}
