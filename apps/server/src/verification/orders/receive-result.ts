import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import type { VerificationView } from '../verification-view.ts'
import { checkResult } from './check-result.ts'
import { isAtWork } from './onward-reason.ts'
import type { OrderRow, VerificationTables } from './order.ts'
import { viewOrder } from './show-order.ts'
import { changeOrder, requireOrderState, withOwnOrder } from './with-own-order.ts'

/**
 * The platform sent the patient back with a registerOrderId. It is kept before the platform is asked, and belongs to
 * this verification for ever: handed in for another one, by whomever, it is refused and recorded. That the patient came
 * back proves nothing; the platform's answer to our question does.
 */
export async function receiveResult(
  room: VerificationRoom,
  session: Session,
  id: string,
  registerOrderId: string,
): Promise<VerificationView> {
  const claimed = await withOwnOrder(room, session, id, async (tx, { order }) => {
    // Nobody was sent to the platform yet: nothing to ask about, and the start that is at work goes on undisturbed.
    if (order.state === 'starting') return { outOfStep: order }
    if (!(await claimResult(room, tx, session, order, registerOrderId))) return 'replayed' as const
    if (order.state === 'granted' || (order.state === 'checking' && isAtWork(order, room.clock.nowMs())))
      return 'repeated' as const
    if (order.state === 'ways-on' && order.reason !== 'result-unknown') {
      auditUser(tx, room.clock, session.userId, {
        action: 'verification.result-out-of-step',
        subject: order.id,
        detail: { reason: order.reason ?? '' },
      })
      return { outOfStep: order }
    }
    const register_order_id = room.cipher.seal(registerOrderId, 'verification.register_order_id')
    await changeOrder(
      tx,
      order,
      { state: 'checking', reason: null, register_order_id, verify_url: null },
      room.clock.nowMs(),
    )
    return 'claimed' as const
  })
  if (claimed === 'replayed') throw new AppError('result-refused')
  if (claimed === 'repeated') return viewOrder(room, session, id)
  if (claimed !== 'claimed') {
    requireOrderState(claimed.outOfStep, 'on-platform', 'checking')
    throw new AppError('verification-wrong-step')
  }
  return checkResult(room, session, id)
}

/** False: another verification handed it in before, or this one handed in a different one. */
async function claimResult(
  room: VerificationRoom,
  tx: Tx,
  session: Session,
  order: OrderRow,
  registerOrderId: string,
): Promise<boolean> {
  const index = room.cipher.blindIndex(registerOrderId, 'verification.register_order_id')
  const results = tx.sql.withTables<VerificationTables>()
  const before = await results
    .selectFrom('verification_result')
    .select(['result_index', 'verification_id'])
    .where('hospital_id', '=', tx.hospitalId)
    .where(({ or, eb }) => or([eb('result_index', '=', index), eb('verification_id', '=', order.id)]))
    .execute()
  const foreign = before.find((row) => row.verification_id !== order.id || !row.result_index.equals(index))
  if (foreign) {
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.replayed-result',
      subject: order.id,
      detail: { of: foreign.verification_id },
    })
    return false
  }
  if (before.length > 0) return true
  const inserted = await results
    .insertInto('verification_result')
    .values({
      hospital_id: tx.hospitalId,
      result_index: index,
      verification_id: order.id,
      created_at_ms: room.clock.nowMs(),
    })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'result_index']).doNothing())
    .returning('verification_id')
    .executeTakeFirst()
  return inserted !== undefined
}
