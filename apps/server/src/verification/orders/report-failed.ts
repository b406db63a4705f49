import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import type { VerificationView } from '../verification-view.ts'
import { showOrder } from './show-order.ts'
import { changeOrder, withOwnOrder } from './with-own-order.ts'

/**
 * The platform sent the patient back to verifyFailRedirectUrl: not passed, or given up. One that got further stays
 * where it is.
 */
export function reportFailed(
  room: VerificationRoom,
  session: Session,
  id: string,
): Promise<VerificationView> {
  return withOwnOrder(room, session, id, async (tx, own) => {
    if (own.order.state !== 'on-platform') return showOrder(room, session, tx, own)
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.failed',
      subject: id,
      detail: { purpose: own.order.purpose, why: 'given-up' },
    })
    const change = { state: 'ways-on', reason: 'failed', verify_url: null } as const
    const order = await changeOrder(tx, own.order, change, room.clock.nowMs())
    return showOrder(room, session, tx, { ...own, order })
  })
}
