import type { HospitalId } from '@zhangyi/core'
import { settleRefundNow, settleTransfer } from '../../payments/index.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { showCase } from '../cases/show-case.ts'
import { withOwnLeg } from '../cases/with-own-case.ts'
import { findLeg, type LegOfCase } from '../legs/find-leg.ts'
import { workOnLeg } from '../legs/work-on-leg.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

/** Back from the confirm page, whose "ok" proves nothing: WeChat is asked now, and the HIS hears of what it says. */
export async function checkReceived(
  room: RefundsRoom,
  session: Session,
  which: { readonly caseId: string; readonly legId: string },
): Promise<CaseView> {
  const { of, leg } = await withOwnLeg(room, session, which, async (_tx, found) => found)
  await lookNow(room, session.hospitalId, { of, leg })
  return showCase(room, session, which.caseId)
}

/** Asks WeChat about what pays a leg, and goes on with what it says. */
export async function lookNow(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { of, leg }: LegOfCase,
): Promise<LegRow> {
  if (leg.state === 'paying' && leg.payout_id !== null) {
    if (leg.route === 'transfer') await settleTransfer(room, hospitalId, leg.payout_id)
    else await settleRefundNow(room, hospitalId, leg.payout_id)
  }
  const now = (await room.database.read(hospitalId, (tx) => findLeg(tx, leg.id))) ?? leg
  const goesOn = now.state === 'holding' || now.state === 'confirming' || now.state === 'releasing'
  // What somebody works on at this moment is theirs; a second question under the same key would be harmless, and useless.
  return goesOn && now.state !== leg.state ? workOnLeg(room, hospitalId, { leg: now, of }) : now
}
