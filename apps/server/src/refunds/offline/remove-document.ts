import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { OfflineTables } from './offline-row.ts'
import { takesDocuments } from './offline-states.ts'
import type { OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { viewOwn } from './view-application.ts'
import { NOT_ITS_OWN, withOwnApplication } from './with-own-application.ts'

/** Erases a document. What it was, the audit tells by its hash: a clerk may have seen it before. */
export function removeDocument(
  room: OfflineRoom,
  session: Session,
  { id, documentId }: { readonly id: string; readonly documentId: string },
): Promise<OfflineApplication> {
  return withOwnApplication(room, session, id, async (tx, application) => {
    if (!takesDocuments(application.state)) throw new AppError('offline-wrong-step')
    const removed = await tx.sql
      .withTables<OfflineTables>()
      .deleteFrom('offline_document')
      .where('hospital_id', '=', tx.hospitalId)
      .where('application_id', '=', application.id)
      .where('id', '=', documentId)
      .returning(['kind', 'sha256'])
      .executeTakeFirst()
    if (!removed) return NOT_ITS_OWN
    auditUser(tx, room.clock, session.userId, {
      ...{ action: 'refunds.offline-document-removed', subject: application.id },
      detail: { document: documentId, kind: removed.kind, sha256: removed.sha256.toString('hex') },
    })
    return viewOwn(tx, room, application)
  })
}
