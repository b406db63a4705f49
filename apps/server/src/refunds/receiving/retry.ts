import { fen } from '@zhangyi/core'
import { probeFunds, reserveFunds } from '../../payments/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { showCase } from '../cases/show-case.ts'
import { withOwnCase } from '../cases/with-own-case.ts'
import { workOnCase } from '../cases/work-on-case.ts'
import { forgetTold } from '../funds-watch/forget-told.ts'
import { changeHeldLeg } from '../legs/change-leg.ts'
import { lockLeg } from '../legs/find-leg.ts'
import { LEASE_MS } from '../legs/own-time.ts'
import { requireOpen } from '../limits/require-open.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

const OVER = '这次申请的保留时间已过，请重新申请。'

/** 再试一次 after 「商户号余额不足」: the same case, WeChat and amount, without another face check, for a while. */
export async function retryCase(room: RefundsRoom, session: Session, caseId: string): Promise<CaseView> {
  const { hospitalId } = session
  await requireOpen(room, hospitalId, 'face')
  // Nobody's before this is known to be the user's own.
  await withOwnCase(room, session, caseId, async () => undefined)
  await probeFunds(room, hospitalId)
  const tried = await withOwnCase(room, session, caseId, async (tx, { of, legs }) => {
    const nowMs = room.clock.nowMs()
    const waiting = legs.filter(({ state }) => state === 'no-funds')
    if (waiting.length > 0 && (of.retry_until_ms === null || nowMs >= of.retry_until_ms))
      throw new AppError('refund-refused', { zh: OVER })
    const funded: LegRow[] = []
    for (const seen of waiting) {
      const leg = await lockLeg(tx, seen.id)
      if (leg.state !== 'no-funds') continue
      const subject = { purpose: 'deposits', subject: leg.id, amountFen: fen(leg.amount_fen) } as const
      if ((await reserveFunds(tx, room, subject)) !== 'reserved') {
        await forgetTold(tx, leg)
        continue
      }
      const after = changeHeldLeg(tx, leg, {
        ...{ happening: 'funded', nowMs, actor: `user:${session.userId}` },
        set: { fail: null, told_funded_at_ms: null, next_action_at_ms: nowMs + LEASE_MS },
      })
      if (after) funded.push(after)
    }
    return { of, legs: funded }
  })
  await workOnCase(room, hospitalId, tried)
  return showCase(room, session, caseId)
}
