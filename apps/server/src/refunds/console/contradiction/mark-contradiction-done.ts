import type { HospitalId } from '@zhangyi/core'
import { noteContradictionDone } from '../../../payments/index.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { requireLeg } from '../../legs/find-leg.ts'
import { isEnd } from '../../legs/leg-states.ts'
import type { RefundsRoom } from '../../room.ts'
import { auditAct } from '../audit-act.ts'

export const CONTRADICTION_DONE = 'refunds.contradiction-done'

export interface ContradictionDone {
  readonly legId: string
  readonly by: string
  /** As whoever marks it saw it. */
  readonly contradiction: string
  readonly reason: string
}

/**
 * What WeChat said against the end of a leg was cleared up outside: it waits for nobody any more, and neither money nor
 * any state changes by saying so. Throws `refund-refused`.
 */
export async function markContradictionDone(
  { database, clock }: Pick<RefundsRoom, 'database' | 'clock'>,
  hospitalId: HospitalId,
  { legId, by, contradiction, reason }: ContradictionDone,
): Promise<void> {
  await database.inTransaction(hospitalId, async (tx) => {
    const { state, payout_id: payoutId } = await requireLeg(tx, legId)
    const mayBe = isEnd(state) && payoutId !== null
    if (!mayBe || !(await noteContradictionDone(tx, clock, { payoutId, contradiction })))
      throw new AppError('refund-refused', {
        zh: '这个矛盾已经有人标记过，或微信又有了别的说法。请刷新看现在的状态。',
      })
    auditAct(tx, { clock }, { by, action: CONTRADICTION_DONE, legId, detail: { contradiction, reason } })
  })
}
