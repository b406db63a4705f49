import type { PatientRow } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { findRights, type Rights } from './find-rights.ts'
import type { PersonalDataRoom } from './room.ts'

/**
 * The last step before personal data is sent, in the caller's transaction: judges the grant once more, because the HIS
 * took its time, and records the viewing or its refusal. Without `read` nothing may be shown.
 */
export async function recordViewing(
  tx: Tx,
  { clock }: PersonalDataRoom,
  session: Session,
  patient: PatientRow,
): Promise<Rights> {
  const found = await findRights(tx, session, patient, clock.nowMs())
  const { read } = found
  auditUser(tx, clock, session.userId, {
    action: read ? 'personal-data.viewed' : 'verification.refused',
    subject: patient.id,
    detail: read
      ? { grant: read.id, assurance: read.assurance }
      : { purpose: 'personal-data', act: 'read', why: 'ended-meanwhile' },
  })
  return found
}
