import type { HospitalId } from '@zhangyi/core'
import { AppError } from '../../platform/errors/catalogue.ts'
import { canRelease } from '../legs/ask-his.ts'
import { changeHeldLeg } from '../legs/change-leg.ts'
import { caseOf } from '../legs/find-leg.ts'
import { workOnLeg } from '../legs/work-on-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { auditAct } from './audit-act.ts'
import { lockOneSided, requireUnpaid } from './fresh-query.ts'
import { dropRequest } from './reissue/reissue-requests.ts'
import { requireNotAtWindow } from './window/window-payments.ts'

const NO_WAY_BACK =
  '医院系统不能冲回这笔扣减，不能退回余额。请生成新订单号退款；不能重发的，在窗口付给患者，办理“窗口付讫”。'

/** 退回余额, of a one-sided leg, after WeChat was asked once more: no number may follow, and the HIS gives it back. */
export async function giveBackLeg(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, reason }: { readonly legId: string; readonly by: string; readonly reason: string },
): Promise<LegRow> {
  await requireUnpaid(room, hospitalId, legId)
  const given = await room.database.inTransaction(hospitalId, async (tx) => {
    const leg = await lockOneSided(tx, legId)
    if (!canRelease(room, hospitalId, leg)) throw new AppError('refund-refused', { zh: NO_WAY_BACK })
    await requireNotAtWindow(tx, legId)
    const nowMs = room.clock.nowMs()
    const after = changeHeldLeg(tx, leg, {
      ...{ happening: 'given-up', nowMs, actor: `operator:${by}` },
      set: { after_release: 'end' },
    })
    if (!after) throw new Error(`leg ${legId} changed while it was locked`)
    await dropRequest(tx, room, legId)
    auditAct(tx, room, { by, action: 'refunds.given-up', legId, detail: { reason } })
    return { leg: after, of: await caseOf(tx, after) }
  })
  return workOnLeg(room, hospitalId, given)
}
