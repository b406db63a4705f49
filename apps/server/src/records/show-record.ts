import { addFen, type Fen, FenError } from '@zhangyi/core'
import type { Report } from '@zhangyi/his'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { interpretationOf } from './interpretation.ts'
import type { RecordKind } from './kinds.ts'
import { loadRecord } from './load-record.ts'
import { isAbnormal, markIndicator } from './mark-indicator.ts'
import { modalityOf } from './modality.ts'
import { type OpenRecords, openRecords } from './open-records.ts'
import { recordAccess } from './record-access.ts'
import { sealRecordKey } from './record-key.ts'
import type { RecordDetail } from './record-views.ts'
import type { RecordsRoom } from './room.ts'
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
  const report = await loadRecord(room, records, question.key)
  const detail = viewRecord(room, records, report)
  const explained = detail.indicators.find(({ explanation }) => explanation !== null)?.explanation
  await recordAccess(room, records, 'records.viewed', {
    ...{ count: 1, reportId: report.reportId },
    ...(explained && { tableVersion: explained.tableVersion }),
  })
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
    modality: modalityOf(report),
    abnormalCount: marked.filter((one) => isAbnormal(one.marked.mark)).length,
    indicators: marked.map(({ indicator, marked }) => {
      const explanation = explain({ ...indicator, title: report.title, mark: marked.mark })
      return viewIndicator(room.cipher, indicator, marked, explanation, report.title)
    }),
    sections: report.sections.map(({ title, text }) => ({ title, text })),
    lines: report.lines.map(viewLine),
    totalFen: totalOf(room, kind, amounts),
    interpretation: interpretationOf(room, records),
    grant: grantOf(grant),
  }
}

/** Null without amounts, and for a sum that no longer is exact: the report is worth more than its sum. */
function totalOf({ log }: RecordsRoom, kind: RecordKind, amounts: readonly Fen[]): number | null {
  if (amounts.length === 0) return null
  try {
    return addFen(...amounts)
  } catch (error) {
    if (!(error instanceof FenError)) throw error
    log.warn({ kind }, 'amounts of a report cannot be added')
    return null
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
