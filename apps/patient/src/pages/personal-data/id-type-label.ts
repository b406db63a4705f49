import { isIdType } from '../../person-form/check-field.ts'
import { idTypeLabels } from '../../texts/person.ts'

/** The gateway may name the kind of document or give its number. */
export function idTypeLabel(idType: string): string {
  return isIdType(idType) ? idTypeLabels[idType] : idType
}
