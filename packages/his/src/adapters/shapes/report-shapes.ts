import type {
  Indicator,
  Report,
  ReportKey,
  ReportKind,
  ReportLine,
  ReportQuery,
  ReportSection,
  ReportSummary,
} from '../../reports.ts'
import { day, flag, id, instant, list, oneOf, optional, record, signedAmount, text } from './shape.ts'

const kind = oneOf<ReportKind>('lab', 'examination', 'check-up', 'inpatient-day', 'prescription', 'diagnosis')

export const reportQuery = record<ReportQuery>('ReportQuery', { kind, patid: id, from: day, to: day })
export const reportKey = record<ReportKey>('ReportKey', { kind, patid: id, reportId: id })

const summary = {
  kind,
  patid: id,
  reportId: id,
  title: text,
  departmentName: optional(text),
  doctorName: optional(text),
  reportedAt: instant,
  abnormal: optional(flag),
  modality: optional(text),
}
export const reportSummary = record<ReportSummary>('ReportSummary', summary)

const indicator = record<Indicator>('Indicator', {
  code: optional(text),
  name: text,
  value: text,
  unit: optional(text),
  referenceRange: optional(text),
  flag: optional(oneOf<NonNullable<Indicator['flag']>>('low', 'normal', 'high', 'abnormal', 'critical')),
})
const section = record<ReportSection>('ReportSection', { title: text, text })
const line = record<ReportLine>('ReportLine', {
  name: text,
  specification: optional(text),
  quantity: optional(text),
  usage: optional(text),
  amount: optional(signedAmount),
})
export const report = record<Report>('Report', {
  ...summary,
  indicators: list(indicator),
  sections: list(section),
  lines: list(line),
})
