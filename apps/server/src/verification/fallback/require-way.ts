import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { waysOn } from '../orders/ways-on.ts'
import { type OwnOrder, requireOrderState } from '../orders/with-own-order.ts'
import { hospitalOf, type VerificationRoom } from '../room.ts'

export type CodeWay = 'phone-code' | 'card-phone-code'

/** The way by code that is open to this verification now; throws where there is none. */
export async function requireCodeWay(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<CodeWay> {
  requireOrderState(order, 'ways-on')
  const reason = order.reason ?? 'platform-unavailable'
  const nowMs = room.clock.nowMs()
  const ways = await waysOn(tx, room.cipher, hospitalOf(room, session), { order, patient, reason, nowMs })
  if (ways.includes('phone-code')) return 'phone-code'
  if (ways.includes('card-phone-code')) return 'card-phone-code'
  throw new AppError('fallback-not-offered')
}
