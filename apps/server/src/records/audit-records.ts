import { auditUser } from '../platform/audit/audit-user.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordsRoom } from './room.ts'

/** Records an access that is refused, by which grant it was tried, and commits. */
export function auditRecords(
  { database, clock }: RecordsRoom,
  { session, kind, grant, patient }: OpenRecords,
  action: 'records.bad-key' | 'records.not-found' | 'records.foreign-answer',
  count = 0,
): Promise<void> {
  return database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, clock, session.userId, {
      action,
      subject: patient.id,
      detail: { kind, grant: grant.id, assurance: grant.assurance, count },
    }),
  )
}
