import { findTransfer, openTransfer, settleTransfer } from '../../payments/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { withOwnLeg } from '../cases/with-own-case.ts'
import type { Receiving } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { confirmPageOf } from './confirm-page.ts'

const NOT_NOW = '这笔退款现在不能接收，请刷新看最新的状态。'
const OTHER_WECHAT = '请用申请退款时的那个微信接收。'

/** 接收退款: the newest way to WeChat's confirm page, for the very openid that the bill was made for. */
export async function openReceiving(
  room: RefundsRoom,
  session: Session,
  which: { readonly caseId: string; readonly legId: string },
): Promise<Receiving> {
  const { of, leg } = await withOwnLeg(room, session, which, async (_tx, found) => found)
  if (of.appid !== session.appid || of.openid !== session.openid)
    throw new AppError('refund-refused', { zh: OTHER_WECHAT })
  const payoutId = leg.route === 'transfer' && leg.state === 'paying' ? leg.payout_id : null
  if (payoutId === null) throw new AppError('refund-refused', { zh: NOT_NOW })
  const { hospitalId } = session
  const known = await room.database.inTransaction(hospitalId, (tx) => findTransfer(tx, payoutId))
  // Its answer may have been lost: a look fetches the package again.
  if (known?.state === 'under-way') await settleTransfer(room, hospitalId, payoutId)
  const opened = await room.database.inTransaction(hospitalId, async (tx) => {
    const way = await openTransfer(tx, room, payoutId)
    if (way) auditUser(tx, room.clock, session.userId, { action: 'refunds.receive', subject: leg.id })
    return way
  })
  if (!opened) throw new AppError('refund-refused', { zh: NOT_NOW })
  const { mchid, appid, packageInfo } = opened
  const parameters = { mchId: mchid, appId: appid, package: packageInfo.reveal() }
  return { ...parameters, bridgePage: confirmPageOf(room.settings, hospitalOf(room, session), parameters) }
}
