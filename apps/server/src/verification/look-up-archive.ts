import { sameName, to15Digits } from '@zhangyi/core'
import type { Archive, HisPort } from '@zhangyi/his'
import type { PatientRow } from '../patients/index.ts'
import type { Cipher } from '../platform/crypto/cipher.ts'

/**
 * The archive that a patient is linked to, as the HIS has it now; undefined if it has it no more or under another name.
 * Throws `HisError` if the HIS does not answer.
 */
export async function lookUpArchive(
  { archives }: HisPort,
  cipher: Cipher,
  patient: PatientRow,
): Promise<Archive | undefined> {
  const name = cipher.open(patient.name, 'patient.name').reveal()
  const idNumber = cipher.open(patient.id_number, 'patient.id_number').reveal()
  const short = patient.id_type === '01' ? to15Digits(idNumber) : undefined
  const idNumbers = short ? [idNumber, short] : [idNumber]
  const found = await archives.find({ idType: patient.id_type, idNumbers, name })
  return found.find((archive) => archive.patid === patient.patid && sameName(archive.name, name))
}
