import type { Indicator, Report, ReportKind, ReportLine, ReportSection } from '../../reports.ts'

/** A report as somebody writes it; what is left out is empty or absent. */
export interface NewReport {
  readonly kind: ReportKind
  readonly title: string
  readonly departmentName?: string
  readonly doctorName?: string
  /** ISO 8601 instant; now when absent. */
  readonly reportedAt?: string
  readonly indicators?: readonly Indicator[]
  readonly sections?: readonly ReportSection[]
  readonly lines?: readonly ReportLine[]
  readonly modality?: string
  /** Found from the indicators when absent. */
  readonly abnormal?: boolean
}

/** The report as the hospital keeps it. */
export function makeReport(patid: string, reportId: string, written: NewReport, nowMs: number): Report {
  const { kind, title, departmentName, doctorName, modality, indicators = [] } = written
  return {
    kind,
    patid,
    reportId,
    title,
    departmentName,
    doctorName,
    reportedAt: written.reportedAt ?? new Date(nowMs).toISOString(),
    abnormal: written.abnormal ?? abnormalOf(indicators),
    indicators,
    sections: written.sections ?? [],
    lines: written.lines ?? [],
    modality,
  }
}

function abnormalOf(indicators: readonly Indicator[]): boolean | undefined {
  if (indicators.length === 0) return undefined
  return indicators.some(({ flag }) => flag !== undefined && flag !== 'normal')
}
