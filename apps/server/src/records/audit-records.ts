import { auditUser } from '../platform/audit/audit-user.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordsRoom } from './room.ts'

export type RecordsAction =
  | 'records.listed'
  | 'records.viewed'
  | 'records.pdf'
  | 'records.trend'
  | 'records.bad-key'
  | 'records.not-found'
  | 'records.foreign-answer'

/**
 * Records an access, or a refused one, and commits before anything is sent. Says by which grant and how many, never
 * which report: its number and title would tell what somebody is ill with.
 */
export function auditRecords(
  { database, clock }: RecordsRoom,
  { session, kind, grant, patient }: OpenRecords,
  action: RecordsAction,
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
