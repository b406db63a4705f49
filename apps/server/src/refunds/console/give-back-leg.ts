import type { HospitalId } from '@zhangyi/core'
import { closeRefund, closeTransfer, settleRefundNow, settleTransfer } from '../../payments/index.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { changeLeg } from '../legs/change-leg.ts'
import { caseOf, findLeg, lockLeg } from '../legs/find-leg.ts'
import { workOnLeg } from '../legs/work-on-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

const NOT_ONE_SIDED = '这笔退款不是单边订单，不能退回余额。请先看它最新的状态。'

/** 退回余额, of a one-sided leg, after WeChat was asked once more: no number may follow, and the HIS gives it back. */
export async function giveBackLeg(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by }: { readonly legId: string; readonly by: string },
): Promise<LegRow> {
  const seen = await room.database.inTransaction(hospitalId, (tx) => findLeg(tx, legId))
  if (seen?.state !== 'one-sided') throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
  if (seen.payout_id !== null) {
    if (seen.route === 'transfer') await settleTransfer(room, hospitalId, seen.payout_id)
    else await settleRefundNow(room, hospitalId, seen.payout_id)
  }
  const given = await room.database.inTransaction(hospitalId, async (tx) => {
    const leg = await lockLeg(tx, legId)
    const nowMs = room.clock.nowMs()
    const after = await changeLeg(tx, leg, {
      ...{ happening: 'given-up', nowMs, actor: `operator:${by}` },
      set: { after_release: 'end' },
    })
    if (!after) throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
    if (leg.payout_id !== null) {
      if (leg.route === 'transfer') await closeTransfer(tx, room, leg.payout_id)
      else await closeRefund(tx, room, leg.payout_id)
    }
    await recordAudit(tx, {
      ...{ atMs: nowMs, actor: `operator:${by}`, action: 'refunds.given-up', subject: legId },
      traceId: currentTraceId(),
    })
    return { leg: after, of: await caseOf(tx, after) }
  })
  return workOnLeg(room, hospitalId, given)
}
