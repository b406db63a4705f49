import { auditUser } from '../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../platform/audit/own-id.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import { findPatient } from './list-patients.ts'
import type { PatientRow } from './tables.ts'

/**
 * Runs `fn` with one of the session user's own patients. Anybody else's id is refused as if it did not exist, and
 * the attempt is recorded.
 */
export async function withOwnPatient<T>(
  { database, clock }: Platform,
  session: Session,
  patientId: string,
  fn: (tx: Tx, patient: PatientRow) => Promise<T>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const patient = await findPatient(tx, session.userId, patientId)
    if (patient) return { value: await fn(tx, patient) }
    auditUser(tx, clock, session.userId, {
      action: 'patients.not-yours',
      subject: ownIdOrNot(patientId),
    })
    return undefined
  })
  if (!result) throw new AppError('patient-not-yours')
  return result.value
}
