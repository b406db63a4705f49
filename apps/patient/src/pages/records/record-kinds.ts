import type { Purpose, RecordKind } from '../../api/purposes.ts'

/** For what a person is verified before reports of this kind open. */
export const purposeOf: Readonly<Record<RecordKind, Purpose>> = {
  lab: 'lab-report',
  examination: 'examination-report',
  'check-up': 'check-up-report',
  'inpatient-day': 'inpatient-list',
  prescription: 'prescription',
  diagnosis: 'diagnosis',
}

/** In the menu's order: what is looked for most comes first. */
export const recordKinds = [
  'lab',
  'examination',
  'check-up',
  'inpatient-day',
  'prescription',
  'diagnosis',
] as const satisfies readonly RecordKind[]

/** The kind that stands in an address, or undefined when it names none. */
export function recordKindIn(text: string | undefined): RecordKind | undefined {
  return recordKinds.find((kind) => kind === text)
}
