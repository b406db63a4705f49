import { ID_TYPES } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import type { PatientRow } from '../../patients/index.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Grant } from '../grants/grant.ts'
import type { PersonalData } from './personal-data-view.ts'

export interface Shown {
  readonly patient: PatientRow
  readonly archive: Archive
  readonly grant: Grant
  readonly mayChange: boolean
  readonly changeUnderWay: boolean
}

/** Who it is, from the verified link; how to reach that person, from the hospital's archive. */
export function viewPersonalData(cipher: Cipher, shown: Shown): PersonalData {
  const { patient, archive, grant, mayChange, changeUnderWay } = shown
  const held = patient.visit_card && cipher.open(patient.visit_card, 'patient.visit_card').reveal()
  return {
    patientId: patient.id,
    name: cipher.open(patient.name, 'patient.name').reveal(),
    idType: ID_TYPES[patient.id_type],
    idNumber: cipher.open(patient.id_number, 'patient.id_number').reveal(),
    phone: archive.phone ?? null,
    address: archive.address ?? null,
    visitCard: archive.visitCardNumber ?? held,
    mayChange,
    changeUnderWay,
    grant: {
      // A face check is a real person's.
      assurance: grant.assurance === 'face' ? 'real-person' : grant.assurance,
      expiresAt: new Date(grant.expiresAtMs).toISOString(),
    },
  }
}
