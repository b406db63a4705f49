import { settleTransfer, wishCancel } from '../../payments/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { showCase } from '../cases/show-case.ts'
import { withOwnLeg } from '../cases/with-own-case.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { lookNow } from './check-received.ts'

const TOO_LATE = '这笔退款现在不能撤回，请刷新看最新的状态。'

/**
 * The patient takes a transfer back before confirming it: WeChat is asked to cancel, and only when a query says
 * CANCELLED the balance is given back. A confirmation may win: then it is paid, and that stands.
 */
export async function withdrawLeg(
  room: RefundsRoom,
  session: Session,
  which: { readonly caseId: string; readonly legId: string },
): Promise<CaseView> {
  const wished = await withOwnLeg(room, session, which, async (tx, found) => {
    const { leg } = found
    if (leg.state !== 'paying' || leg.route !== 'transfer' || leg.payout_id === null) return undefined
    const transfer = await wishCancel(tx, room, leg.payout_id)
    if (!transfer.isCancelWished && transfer.state !== 'not-funded') return undefined
    auditUser(tx, room.clock, session.userId, { action: 'refunds.withdraw', subject: leg.id })
    return { ...found, transferId: leg.payout_id }
  })
  if (!wished) throw new AppError('refund-refused', { zh: TOO_LATE })
  // The first look sends the cancel, the second hears what came of it.
  await settleTransfer(room, session.hospitalId, wished.transferId)
  await lookNow(room, session.hospitalId, wished)
  return showCase(room, session, which.caseId)
}
