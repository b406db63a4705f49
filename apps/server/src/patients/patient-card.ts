import type { Sensitive } from '@zhangyi/core'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { PatientsTables } from './tables.ts'

export interface PatientCard {
  readonly qrCodeText: Sensitive
}

/** The health card of a patient as it is linked now, or was when it was unlinked; undefined without one. */
export async function patientCard(
  tx: Tx,
  cipher: Cipher,
  patientId: string,
): Promise<PatientCard | undefined> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('patient')
    .select('qr_code_text')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', patientId)
    .executeTakeFirst()
  return row?.qr_code_text ? { qrCodeText: cipher.open(row.qr_code_text, 'patient.qr_code_text') } : undefined
}
