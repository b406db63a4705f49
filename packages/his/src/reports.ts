import type { Fen } from '@zhangyi/core'
import type { PatientDays } from './appointments.ts'

/** 检验、检查、体检报告, 住院清单, 处方, 诊断. Reads only; the gateway asks only after a grant. */
export interface HisReports {
  /** Finished reports of one kind with a date in the range, newest first; an empty list is an answer. */
  list(query: ReportQuery): Promise<readonly ReportSummary[]>
  /** One report with its content. `HisError` of kind `refused`, code `not-found`, for a number that is not there. */
  detail(report: ReportKey): Promise<Report>
}

/** `lab` 检验 · `examination` 检查 · `check-up` 体检 · `inpatient-day` 住院日清单 · `prescription` 处方 · `diagnosis` 诊断 */
export type ReportKind = 'lab' | 'examination' | 'check-up' | 'inpatient-day' | 'prescription' | 'diagnosis'

export interface ReportQuery extends PatientDays {
  readonly kind: ReportKind
}

/** The patid goes with the number, so that a guessed number of somebody else's report finds nothing. */
export interface ReportKey {
  readonly kind: ReportKind
  readonly patid: string
  readonly reportId: string
}

export interface ReportSummary extends ReportKey {
  /** e.g. 血常规、胸部 CT 平扫. */
  readonly title: string
  readonly departmentName: string | undefined
  readonly doctorName: string | undefined
  /** ISO 8601 instant at which it was issued. */
  readonly reportedAt: string
  /** Whether something in it is marked abnormal, where the HIS says. */
  readonly abnormal: boolean | undefined
  /** e.g. CT, MR, US, ECG, ES (endoscopy), PATH; examinations only, so that a list can be grouped. */
  readonly modality?: string | undefined
}

/** Sections that do not belong to the kind are empty. */
export interface Report extends ReportSummary {
  readonly indicators: readonly Indicator[]
  /** Prose: 检查所见, 检查结论, 诊断 … in the HIS's order. */
  readonly sections: readonly ReportSection[]
  /** Costs of an inpatient day, drugs of a prescription. */
  readonly lines: readonly ReportLine[]
  readonly modality: string | undefined
}

export interface Indicator {
  readonly code: string | undefined
  readonly name: string
  /** As printed: `5.6`, `<0.01`, `阴性(-)`. */
  readonly value: string
  readonly unit: string | undefined
  /** As printed: `3.5-9.5`. */
  readonly referenceRange: string | undefined
  readonly flag: 'low' | 'normal' | 'high' | 'abnormal' | 'critical' | undefined
}

export interface ReportSection {
  readonly title: string
  readonly text: string
}

export interface ReportLine {
  readonly name: string
  readonly specification: string | undefined
  /** As the HIS writes it, e.g. `3 天` or `2 盒`. */
  readonly quantity: string | undefined
  /** 用法用量. */
  readonly usage: string | undefined
  /** Negative in a line that takes back what another one charged. */
  readonly amount: Fen | undefined
}
