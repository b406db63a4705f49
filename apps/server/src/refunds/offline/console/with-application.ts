import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { lockApplication } from '../change-application.ts'
import type { ApplicationRow } from '../offline-row.ts'
import type { OfflineConsole } from '../room.ts'

/** Runs `fn` with an application that was handed to the hospital, its row locked. */
export function withApplication<T>(
  { database }: OfflineConsole,
  hospital: Hospital,
  id: string,
  fn: (tx: Tx, application: ApplicationRow) => Promise<T>,
): Promise<T> {
  return database.inTransaction(hospital.id, async (tx) => {
    const row = await lockApplication(tx, id)
    if (!row || row.submitted_at_ms === null)
      throw new AppError('not-found', { zh: '没有找到这份申请，请返回列表重新选择。' })
    return fn(tx, row)
  })
}
