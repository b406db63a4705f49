import type { Report } from '@zhangyi/his'
import { AppError } from '../platform/errors/catalogue.ts'
import { askReports } from './ask-reports.ts'
import { auditRecords } from './audit-records.ts'
import type { OpenRecords } from './open-records.ts'
import { openRecordKey } from './record-key.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { RecordsRoom } from './room.ts'
import { instantOf } from './view-common.ts'

/**
 * The report behind a key. Throws `record-not-found` for a key that does not open here and for a report that the HIS
 * no longer has; both are recorded.
 */
export async function loadRecord(room: RecordsRoom, records: OpenRecords, key: string): Promise<Report> {
  const reportId = openRecordKey(room.cipher, records.scope, key)
  if (reportId === undefined) {
    await auditRecords(room, records, 'records.bad-key')
    throw new AppError('record-not-found')
  }
  try {
    const report = await askReports(room, async () => {
      const found = await records.reports.detail({
        kind: records.kind,
        patid: records.patient.patid,
        reportId,
      })
      return { ...found, reportedAt: instantOf(found.reportedAt) }
    })
    await refuseForeign(room, records, [report], reportId)
    return report
  } catch (error) {
    const gone = error instanceof AppError && error.code === 'record-not-found'
    if (gone) await auditRecords(room, records, 'records.not-found')
    throw error
  }
}
