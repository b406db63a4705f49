import type { RecordKind } from '../../api/purposes.ts'
import type { RecordSummary } from '../../api/record-types.ts'
import { recordTexts as texts } from '../../texts/records.ts'
import { recordTime } from './record-time.ts'

export type RecordRow = {
  readonly key: string
  readonly title: string
  readonly what: string
  /** Words, never only a colour; empty where nothing is marked. */
  readonly tag: string
}
export type RecordGroup = { readonly title: string; readonly rows: readonly RecordRow[] }

/**
 * Rows in the gateway's order (newest first). Days of a stay stand under their month: a hospital does not say
 * where one stay ends.
 */
export function groupRecords(kind: RecordKind, records: readonly RecordSummary[]): readonly RecordGroup[] {
  const groups = new Map<string, RecordRow[]>()
  for (const record of records) {
    const time = recordTime(kind, record.reportedAt)
    const [year = '', month = ''] = time.split('-')
    const title = kind === 'inpatient-day' ? texts.month(year, month) : ''
    const rows = groups.get(title) ?? []
    rows.push({
      key: record.key,
      title: record.title,
      what: [time, record.modality, record.departmentName].filter(Boolean).join(' · '),
      tag: record.abnormal === true ? texts.abnormal : '',
    })
    groups.set(title, rows)
  }
  return [...groups].map(([title, rows]) => ({ title, rows }))
}

/** The kinds of examination in a list, to pick from; one alone is no choice. */
export function modalitiesOf(records: readonly RecordSummary[]): readonly string[] {
  const found = new Set(records.flatMap(({ modality }) => (modality ? [modality] : [])))
  return found.size > 1 ? [...found] : []
}
