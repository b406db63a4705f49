import { recordAudit } from '../../../platform/audit/record-audit.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { currentTraceId } from '../../../platform/http/trace.ts'
import type { ContentType } from '../content-type.ts'
import { type OfflineTables, openContent } from '../offline-row.ts'
import type { OfflineConsole } from '../room.ts'
import { withApplication } from './with-application.ts'

const ENDINGS: Readonly<Record<ContentType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
}

export interface Download {
  readonly bytes: Buffer
  readonly contentType: ContentType
  /** Ours: the applicant's own name of the file may hold anything. */
  readonly fileName: string
}

/** The bytes of one document; who took them stands in the audit log. */
export function downloadDocument(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, documentId }: { readonly id: string; readonly documentId: string },
): Promise<Download> {
  return withApplication(room, hospital, id, async (tx, application) => {
    const document = await tx.sql
      .withTables<OfflineTables>()
      .selectFrom('offline_document')
      .select(['id', 'kind', 'content_type', 'content'])
      .where('hospital_id', '=', tx.hospitalId)
      .where('application_id', '=', application.id)
      .where('id', '=', documentId)
      .executeTakeFirst()
    if (!document) throw new AppError('not-found', { zh: '没有找到这份材料，可能已被申请人删掉。' })
    recordAudit(tx, {
      ...{ atMs: room.clock.nowMs(), actor: `operator:${operator}`, action: 'refunds.offline-document-seen' },
      ...{ subject: application.id, traceId: currentTraceId() },
      detail: { document: document.id, kind: document.kind },
    })
    return {
      bytes: openContent(room.cipher, document),
      contentType: document.content_type,
      fileName: `${document.kind}-${document.id.slice(-8)}.${ENDINGS[document.content_type]}`,
    }
  })
}
