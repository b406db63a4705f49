import { ID_TYPES, maskCardNumber, maskIdNumber, maskName, maskPhone } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { PatientRow } from '../tables.ts'
import type { ListedPatient, Unmasked } from './console-views.ts'

type Sealed = 'name' | 'id_number' | 'phone' | 'birthday' | 'visit_card'

function openField(cipher: Cipher, row: Pick<PatientRow, Sealed>, field: Sealed): string | null {
  const sealed = row[field]
  return sealed && cipher.open(sealed, `patient.${field}`).reveal()
}

/** As every list shows a patient: masked, whoever looks. */
export function viewListed(cipher: Cipher, row: PatientRow): ListedPatient {
  const { phone, visitCard, name, idNumber } = openPatient(cipher, row)
  return {
    ...{ id: row.id, name: maskName(name), idType: ID_TYPES[row.id_type], idNumber: maskIdNumber(idNumber) },
    phone: phone && maskPhone(phone),
    relation: row.relation,
    state: row.unlinked_at_ms !== null ? 'unlinked' : row.verified ? 'verified' : 'unverified',
    ...{ card: row.card_state, patid: row.patid, visitCard: visitCard && maskCardNumber(visitCard) },
    ...{ userId: row.user_id, createdAtMs: row.created_at_ms },
  }
}

export function openPatient(cipher: Cipher, row: PatientRow): Unmasked {
  return {
    name: openField(cipher, row, 'name') ?? '',
    idNumber: openField(cipher, row, 'id_number') ?? '',
    phone: openField(cipher, row, 'phone'),
    birthday: openField(cipher, row, 'birthday') ?? '',
    visitCard: openField(cipher, row, 'visit_card'),
  }
}
