import { ageAt } from '@zhangyi/core'
import type { EnrolmentSettings } from './enrolment-settings.ts'
import type { FlowPerson } from './flow.ts'
import { ARCHIVE_FIELDS, type ArchiveField } from './flow-view.ts'

/** What the hospital's archive still needs and nobody has said yet, in the page's order. */
export function missingFields(
  person: FlowPerson,
  relation: string | null,
  settings: EnrolmentSettings,
  nowMs: number,
): readonly ArchiveField[] {
  const child = person.birthday !== undefined && ageAt(person.birthday, nowMs) < settings.guardianUnderAge
  const missing: Readonly<Record<ArchiveField, boolean>> = {
    gender: !person.gender,
    birthday: !person.birthday,
    nation: !person.nation && settings.requiredFields.includes('nation') && person.idType === '01',
    phone: !person.phone && settings.requiredFields.includes('phone'),
    address: !person.address && settings.requiredFields.includes('address'),
    relation: relation === null,
    guardian: child && !person.guardian,
  }
  return ARCHIVE_FIELDS.filter((field) => missing[field])
}
