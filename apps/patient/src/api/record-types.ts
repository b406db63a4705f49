// The gateway's reports as this app shows them; `tests/contract/record-api.test-d.ts` ties these to its schemas.
import type { Assurance, RecordKind } from './purposes.ts'

export type Mark = 'low' | 'normal' | 'high' | 'abnormal' | 'critical' | 'unmarked'

/** Until when, and by which kind of verification, these reports may be read. */
export type GrantOfRecords = { readonly assurance: Assurance; readonly expiresAt: string }
export type RecordPatient = { readonly id: string; readonly name: string }

export type RecordSummary = {
  readonly key: string
  readonly title: string
  readonly departmentName: string | null
  readonly reportedAt: string
  readonly abnormal: boolean | null
  readonly modality: string | null
}

export type RecordList = {
  readonly kind: RecordKind
  readonly patient: RecordPatient
  readonly from: string
  readonly to: string
  readonly records: readonly RecordSummary[]
  readonly grant: GrantOfRecords
}

export type Explanation = {
  readonly what: string
  readonly direction: string | null
  readonly tableVersion: string
}

export type Indicator = {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly unit: string | null
  readonly referenceRange: string | null
  readonly mark: Mark
  readonly markText: string
  readonly number: number | null
  readonly low: number | null
  readonly high: number | null
  readonly explanation: Explanation | null
}

export type RecordLine = {
  readonly name: string
  readonly specification: string | null
  readonly quantity: string | null
  readonly usage: string | null
  readonly amountFen: number | null
}

/** What the platform's component above a report is given. */
export type Interpretation = {
  readonly scene: string
  readonly hospitalId: string
  readonly healthCardId: string
  readonly openId: string
}

export type RecordDetail = {
  readonly kind: RecordKind
  readonly key: string
  readonly patient: RecordPatient
  readonly title: string
  readonly departmentName: string | null
  readonly doctorName: string | null
  readonly reportedAt: string
  readonly modality: string | null
  readonly abnormalCount: number
  readonly indicators: readonly Indicator[]
  readonly sections: readonly { readonly title: string; readonly text: string }[]
  readonly lines: readonly RecordLine[]
  readonly totalFen: number | null
  readonly interpretation: Interpretation | null
  readonly grant: GrantOfRecords
}

export type TrendPoint = {
  readonly reportedAt: string
  readonly value: string
  readonly number: number
  readonly mark: Mark
  readonly markText: string
}

/** The same indicator over the visits, the earliest first. */
export type Trend = {
  readonly name: string
  readonly unit: string | null
  readonly low: number | null
  readonly high: number | null
  readonly points: readonly TrendPoint[]
}
