import type { ReportKey } from '@zhangyi/his'
import { AppError } from '../platform/errors/catalogue.ts'
import { auditRecords } from './audit-records.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordsRoom } from './room.ts'

/**
 * Refuses a whole answer if one report in it is another patient's, of another kind, or not the one asked for: an
 * interface that mixes patients up is not trusted with the rest of its answer either.
 */
export async function refuseForeign(
  room: RecordsRoom,
  records: OpenRecords,
  answered: readonly ReportKey[],
  reportId?: string,
): Promise<void> {
  const { patient, kind } = records
  const foreign = answered.filter(
    (report) =>
      report.patid !== patient.patid ||
      report.kind !== kind ||
      (reportId !== undefined && report.reportId !== reportId),
  )
  if (foreign.length === 0) return
  await auditRecords(room, records, 'records.foreign-answer', foreign.length)
  room.log.error(
    { kind, foreign: foreign.length, answered: answered.length },
    'the HIS answered with a report that was not asked for',
  )
  throw new AppError('his-refused', {
    zh: '医院系统返回的内容与您要查的不一致，没有显示。请到窗口查询，或拨打医院电话。',
  })
}
