import type { Session } from '../../platform/sessions/session.ts'
import { changeApplication } from './change-application.ts'
import type { OfflineTables } from './offline-row.ts'
import type { OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { viewOwn } from './view-application.ts'
import { withOwnApplication } from './with-own-application.ts'

/** Ends an application before it is decided. Documents that no clerk began to review are erased. */
export function withdrawApplication(
  room: OfflineRoom,
  session: Session,
  id: string,
): Promise<OfflineApplication> {
  return withOwnApplication(room, session, id, async (tx, application) => {
    // Pressed twice.
    if (application.state === 'withdrawn') return viewOwn(tx, room, application)
    const row = await changeApplication(tx, room, application, {
      ...{ happening: 'withdrawn', actor: `user:${session.userId}` },
    })
    if (row.reviewer === null)
      await tx.sql
        .withTables<OfflineTables>()
        .deleteFrom('offline_document')
        .where('hospital_id', '=', tx.hospitalId)
        .where('application_id', '=', row.id)
        .execute()
    return viewOwn(tx, room, row)
  })
}
