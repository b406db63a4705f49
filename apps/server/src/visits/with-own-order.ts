import { auditUser } from '../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../platform/audit/own-id.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { lockOrder } from './change-order.ts'
import type { OrderRow } from './order-row.ts'
import type { VisitsRoom } from './room.ts'

/**
 * Runs `fn` with an order of the session's user, its row locked. Another user's is refused as if it did not exist, and
 * the attempt is recorded. An order stays its user's after the patient was unlinked: there may be money in it.
 */
export async function withOwnOrder<T>(
  { database, clock }: VisitsRoom,
  session: Session,
  id: string,
  fn: (tx: Tx, order: OrderRow) => Promise<T>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const order = await lockOrder(tx, id)
    if (order?.user_id === session.userId) return { value: await fn(tx, order) }
    auditUser(tx, clock, session.userId, { action: 'visits.not-yours', subject: ownIdOrNot(id) })
    return undefined
  })
  if (!result) throw new AppError('order-not-yours')
  return result.value
}
