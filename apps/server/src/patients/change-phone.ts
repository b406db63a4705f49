import type { Sensitive } from '@zhangyi/core'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Tx } from '../platform/database/tx.ts'
import { phoneIndex } from './search-index.ts'
import type { PatientsTables } from './tables.ts'

export interface PhoneChange {
  readonly userId: string
  readonly patientId: string
  readonly phone: Sensitive
}

/**
 * Keeps the phone that the HIS has accepted, in the caller's transaction. Of this user's patient only: the same person
 * held by another user keeps what that user sees. A patient unlinked since is brought up to date, too.
 */
export async function changePhone(tx: Tx, cipher: Cipher, change: PhoneChange): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .updateTable('patient')
    .set({
      phone: cipher.seal(change.phone, 'patient.phone'),
      phone_index: phoneIndex(cipher, change.phone),
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', change.userId)
    .where('id', '=', change.patientId)
    .execute()
}
