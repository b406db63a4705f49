import { assertNever } from '@zhangyi/core'
import type { Purpose } from '../verification/index.ts'
import type { RECORD_KINDS } from './record-views.ts'

export type RecordKind = (typeof RECORD_KINDS)[number]

/** The purpose whose grant opens records of this kind; no other does. */
export function purposeOf(kind: RecordKind): Purpose {
  switch (kind) {
    case 'lab':
      return 'lab-report'
    case 'examination':
      return 'examination-report'
    case 'check-up':
      return 'check-up-report'
    case 'inpatient-day':
      return 'inpatient-list'
    case 'prescription':
    case 'diagnosis':
      return kind
    default:
      return assertNever(kind)
  }
}

export const KIND_NAMES: Readonly<Record<RecordKind, string>> = {
  lab: '检验报告',
  examination: '检查报告',
  'check-up': '体检报告',
  'inpatient-day': '住院日清单',
  prescription: '处方',
  diagnosis: '诊断记录',
}
