import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { DOCUMENT_KINDS, OFFLINE_REASONS } from '../../platform/hospitals/offline-config.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { MAX_DOCUMENTS } from './add-document.ts'
import { MAX_DOCUMENT_BYTES } from './content-type.ts'
import { viewDemand } from './missing-documents.ts'
import type { OfflineTables } from './offline-row.ts'
import type { OfflineApplication, OfflineForm } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { closedText } from './start-application.ts'
import { viewOwn, viewOwnOnes } from './view-application.ts'
import { withOwnApplication } from './with-own-application.ts'
import { DOCUMENT_NAMES, REASON_NAMES } from './words.ts'

/** More than the limits of years let come together. */
const MAX_LISTED = 50

export function showForm(room: OfflineRoom, session: Session): OfflineForm {
  const { phone, counter, refunds } = hospitalOf(room, session)
  const { open, notes, documents } = refunds.offline
  return {
    closed: open ? null : closedText(phone, counter),
    notes,
    reasons: OFFLINE_REASONS.map((reason) => ({
      ...{ reason, name: REASON_NAMES[reason], documents: documents[reason].map(viewDemand) },
    })),
    documentKinds: DOCUMENT_KINDS.map((kind) => ({ kind, name: DOCUMENT_NAMES[kind] })),
    ...{ maxDocuments: MAX_DOCUMENTS, maxDocumentBytes: MAX_DOCUMENT_BYTES, phone, counter },
  }
}

export function showApplication(
  room: OfflineRoom,
  session: Session,
  id: string,
): Promise<OfflineApplication> {
  return withOwnApplication(room, session, id, (tx, row) => viewOwn(tx, room, row))
}

/** The user's own, newest first. */
export function listApplications(
  room: OfflineRoom,
  { hospitalId, userId }: Session,
): Promise<{ applications: OfflineApplication[] }> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    const rows = await tx.sql
      .withTables<OfflineTables>()
      .selectFrom('offline_application')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('user_id', '=', userId)
      .orderBy('created_at_ms', 'desc')
      .orderBy('id')
      .limit(MAX_LISTED)
      .execute()
    return { applications: await viewOwnOnes(tx, room, rows) }
  })
}
