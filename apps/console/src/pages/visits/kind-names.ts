import type { VisitKind } from './visits-api.ts'

const NAMES: Readonly<Record<VisitKind, string>> = {
  appointment: '预约挂号',
  'same-day': '当日挂号',
  'outpatient-fee': '门诊缴费',
}

export function kindName(kind: VisitKind): string {
  return NAMES[kind]
}

export const KIND_OPTIONS = Object.entries(NAMES).map(([value, text]) => ({ value, text }))
