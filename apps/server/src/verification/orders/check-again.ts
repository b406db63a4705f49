import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import type { VerificationView } from '../verification-view.ts'
import { checkResult } from './check-result.ts'
import { isAtWork } from './onward-reason.ts'
import { viewOrder } from './show-order.ts'
import { changeOrder, requireOrderState, withOwnOrder } from './with-own-order.ts'

/** The platform was not reached for the result: asks once more, with the numbers that are kept here. */
export async function checkAgain(
  room: VerificationRoom,
  session: Session,
  id: string,
): Promise<VerificationView> {
  const taken = await withOwnOrder(room, session, id, async (tx, { order }) => {
    requireOrderState(order, 'checking', 'granted', 'ways-on')
    const nowMs = room.clock.nowMs()
    const lost = order.state === 'checking' && !isAtWork(order, nowMs)
    if (!lost && order.reason !== 'result-unknown') return false
    await changeOrder(tx, order, { state: 'checking', reason: null }, nowMs)
    return true
  })
  return taken ? checkResult(room, session, id) : viewOrder(room, session, id)
}
