import type { Tx } from '../../platform/database/tx.ts'
import type { DocumentRow, OfflineTables } from './offline-row.ts'

/** Everything of a document but its bytes, which only a download reads. */
export type DocumentHead = Omit<DocumentRow, 'content' | 'hospital_id'>

/** Of one application or of several, in the order in which they came. */
export async function documentsOf(
  tx: Tx,
  applicationIds: readonly string[],
): Promise<readonly DocumentHead[]> {
  if (applicationIds.length === 0) return []
  return tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_document')
    .select(['id', 'application_id', 'kind', 'name', 'content_type', 'size_bytes', 'sha256', 'added_at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('application_id', 'in', [...applicationIds])
    .orderBy('added_at_ms')
    .orderBy('id')
    .execute()
}
