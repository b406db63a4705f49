import { requireConsent } from '../../patients/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { changeApplication } from './change-application.ts'
import { documentsOf } from './documents.ts'
import { missingDocuments, viewDemand } from './missing-documents.ts'
import type { OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { viewOwn } from './view-application.ts'
import { withOwnApplication } from './with-own-application.ts'

/** Hands the application to the hospital, first or with more documents; `documents-missing` says which are wanting. */
export function submitApplication(
  room: OfflineRoom,
  session: Session,
  id: string,
): Promise<OfflineApplication> {
  return withOwnApplication(room, session, id, async (tx, application) => {
    // Pressed twice.
    if (application.state === 'submitted') return viewOwn(tx, room, application)
    await requireConsent(tx, session.userId)
    const demands = hospitalOf(room, session).refunds.offline.documents[application.reason]
    const documents = await documentsOf(tx, [application.id])
    const missing = missingDocuments(
      demands,
      documents.map(({ kind }) => kind),
    ).map(viewDemand)
    if (missing.length > 0)
      throw new AppError('documents-missing', {
        zh: `还差：${missing.map(({ text }) => text).join('；')}。请上传后再提交。`,
        fields: missing.map(({ text, anyOf }) => ({
          ...{ field: anyOf.map(({ kind }) => kind).join('|'), message: `还差：${text}` },
        })),
      })
    const row = await changeApplication(tx, room, application, {
      ...{ happening: 'submitted', actor: `user:${session.userId}` },
      change: { submitted_at_ms: room.clock.nowMs() },
    })
    return viewOwn(tx, room, row)
  })
}
