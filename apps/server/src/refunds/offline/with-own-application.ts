import { auditUser } from '../../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../../platform/audit/own-id.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { lockApplication } from './change-application.ts'
import type { ApplicationRow } from './offline-row.ts'
import type { OfflineRoom } from './room.ts'

/** What `fn` answers for something that the application does not have, e.g. a document of another one. */
export const NOT_ITS_OWN = Symbol('not its own')

/**
 * Runs `fn` with an application of the session's user, its row locked. Another user's is refused as if it did not exist,
 * and the attempt is recorded.
 */
export async function withOwnApplication<T>(
  { database, clock }: OfflineRoom,
  session: Session,
  id: string,
  fn: (tx: Tx, application: ApplicationRow) => Promise<T | typeof NOT_ITS_OWN>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const application = await lockApplication(tx, id)
    if (application?.user_id === session.userId) {
      const value = await fn(tx, application)
      if (value !== NOT_ITS_OWN) return { value }
    }
    auditUser(tx, clock, session.userId, {
      ...{ action: 'refunds.offline-not-yours', subject: ownIdOrNot(id) },
    })
    return undefined
  })
  if (!result) throw new AppError('offline-not-yours')
  return result.value
}
