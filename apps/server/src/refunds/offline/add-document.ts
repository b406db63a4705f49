import { createHash } from 'node:crypto'
import { newId } from '@zhangyi/core'
import { requireConsent } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { readDocument } from './content-type.ts'
import { documentsOf } from './documents.ts'
import { type OfflineTables, sealContent, sealFileName } from './offline-row.ts'
import { takesDocuments } from './offline-states.ts'
import type { DocumentInput, OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { viewOwn } from './view-application.ts'
import { withOwnApplication } from './with-own-application.ts'

export const MAX_DOCUMENTS = 10
// Those removed again included: adding and removing in turn must not fill the disk.
const MAX_UPLOADS = 40

/** Keeps a document, sealed. The same file sent twice is kept once. */
export function addDocument(
  room: OfflineRoom,
  session: Session,
  applicationId: string,
  { kind, name, contentType, base64 }: DocumentInput,
): Promise<OfflineApplication> {
  const { cipher, clock } = room
  const bytes = readDocument(base64, contentType)
  const sha256 = createHash('sha256').update(bytes).digest()
  return withOwnApplication(room, session, applicationId, async (tx, application) => {
    await requireConsent(tx, session.userId)
    if (!takesDocuments(application.state)) throw new AppError('offline-wrong-step')
    const documents = await documentsOf(tx, [application.id])
    if (documents.some((one) => one.kind === kind && one.sha256.equals(sha256)))
      return viewOwn(tx, room, application)
    if (documents.length >= MAX_DOCUMENTS)
      throw new AppError('offline-limit', {
        zh: `最多 ${MAX_DOCUMENTS} 份材料，请先删掉不需要的；几页纸可以合成一个 PDF。`,
      })
    if (application.uploads >= MAX_UPLOADS)
      throw new AppError('offline-limit', { zh: '这份申请上传的次数太多了，请拨打医院电话或到窗口办理。' })
    const id = newId('document')
    const sql = tx.sql.withTables<OfflineTables>()
    await sql
      .insertInto('offline_document')
      .values({
        ...{ hospital_id: tx.hospitalId, id, application_id: application.id, kind },
        ...{ name: sealFileName(cipher, plainName(name)), content_type: contentType },
        ...{ size_bytes: bytes.length, sha256, content: sealContent(cipher, bytes) },
        added_at_ms: clock.nowMs(),
      })
      .execute()
    await sql
      .updateTable('offline_application')
      .set(({ eb }) => ({ uploads: eb('uploads', '+', 1) }))
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', application.id)
      .execute()
    auditUser(tx, clock, session.userId, {
      ...{ action: 'refunds.offline-document-added', subject: application.id },
      detail: { document: id, kind, sha256: sha256.toString('hex') },
    })
    return viewOwn(tx, room, application)
  })
}

function plainName(name: string): string {
  return name.replace(/\p{C}+/gu, ' ').trim()
}
