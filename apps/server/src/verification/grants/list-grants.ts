import type { Platform } from '../../platform/platform.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { PlatformPurpose } from '../purposes.ts'
import type { GrantView } from '../verification-view.ts'
import type { GrantTables } from './grant.ts'

/** The grants of the session's user that are alive now, for linked patients; the newest first. */
export function listGrants({ database, clock }: Platform, session: Session): Promise<GrantView[]> {
  return database.inTransaction(session.hospitalId, async (tx) => {
    const rows = await tx.sql
      .withTables<GrantTables>()
      .selectFrom('verification_grant')
      .select(['patient_id', 'purpose', 'assurance', 'expires_at_ms'])
      .where('hospital_id', '=', tx.hospitalId)
      .where('user_id', '=', session.userId)
      .where('patient_id', 'is not', null)
      .where('purpose', '!=', 'refund')
      .where('voided_at_ms', 'is', null)
      .where('spent_at_ms', 'is', null)
      .where('expires_at_ms', '>', clock.nowMs())
      .orderBy('created_at_ms', 'desc')
      .limit(100)
      .execute()
    return rows.map((row) => ({
      patientId: row.patient_id as string,
      purpose: row.purpose as PlatformPurpose,
      assurance: row.assurance,
      expiresAt: new Date(row.expires_at_ms).toISOString(),
    }))
  })
}
