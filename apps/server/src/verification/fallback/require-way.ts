import { requireConsent } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { onwardReason } from '../orders/onward-reason.ts'
import { waysOn } from '../orders/ways-on.ts'
import type { OwnOrder } from '../orders/with-own-order.ts'
import type { VerificationRoom } from '../room.ts'
import type { Reason } from '../verification-view.ts'

export interface CodeWay {
  readonly way: 'phone-code' | 'card-phone-code'
  readonly reason: Reason
}

/**
 * The way by code that is open to this verification now, by the very rule by which its page offers it; throws where
 * there is none. The user stays locked: tries at once, in several verifications, are counted one after the other.
 */
export async function requireCodeWay(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  own: OwnOrder,
): Promise<CodeWay> {
  await lockUser(tx, session.userId)
  await requireConsent(tx, session.userId)
  const reason = onwardReason(own.order, room.clock.nowMs())
  if (reason === 'expired') throw new AppError('verification-expired')
  if (reason === undefined) throw new AppError('verification-wrong-step')
  const { ways } = await waysOn(room, session, tx, own, reason)
  if (ways.includes('phone-code')) return { way: 'phone-code', reason }
  if (ways.includes('card-phone-code')) return { way: 'card-phone-code', reason }
  throw new AppError('fallback-not-offered')
}
