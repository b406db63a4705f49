import type { HospitalId } from '@zhangyi/core'
import { queryUnpaid, settleRefundNow } from '../../payments/index.ts'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { lockLeg, requireLeg } from '../legs/find-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

const NOT_ONE_SIDED = '这笔退款不是单边订单，不能这样处理。请先看它最新的状态。'
const NO_ANSWER = '微信这次没有确认这笔单没有付出，不能处理。请过几分钟再试。'

/**
 * 单边订单, confirmed by WeChat in this very request: what a clerk is about to give another number, or back to the balance.
 * Throws `refund-refused` if it is not one, if WeChat says otherwise, or if it does not answer.
 */
export async function requireUnpaid(
  room: RefundsRoom,
  hospitalId: HospitalId,
  legId: string,
): Promise<LegRow> {
  const leg = await room.database.read(hospitalId, (tx) => requireLeg(tx, legId))
  if (leg.state !== 'one-sided') throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
  if (leg.payout_id !== null && !(await isUnpaid(room, hospitalId, leg.route, leg.payout_id)))
    throw new AppError('refund-refused', { zh: NO_ANSWER })
  return leg
}

async function isUnpaid(
  room: RefundsRoom,
  hospitalId: HospitalId,
  route: LegRow['route'],
  payoutId: string,
): Promise<boolean> {
  if (route === 'transfer') return (await queryUnpaid(room, hospitalId, payoutId)).isConfirmed
  const { refund, said } = await settleRefundNow(room, hospitalId, payoutId)
  if (refund.state === 'not-paid') return said === 'CLOSED'
  return refund.state === 'refused' && (said === 'not-found' || said === 'never-sent')
}

/** Locked, and still one: somebody else may have been quicker. */
export async function lockOneSided(tx: Tx, legId: string): Promise<Locked<LegRow>> {
  const leg = await lockLeg(tx, legId)
  if (leg.state !== 'one-sided') throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
  return leg
}
