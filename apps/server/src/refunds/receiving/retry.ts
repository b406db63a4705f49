import { fen } from '@zhangyi/core'
import { probeFunds, reserveFunds } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { showCase } from '../cases/show-case.ts'
import { withOwnCase } from '../cases/with-own-case.ts'
import { workOnCase } from '../cases/work-on-case.ts'
import { isWrongPayee, WRONG_PAYEE } from '../face/wrong-payee.ts'
import { forgetTold } from '../funds-watch/forget-told.ts'
import { changeHeldLeg } from '../legs/change-leg.ts'
import { lockLeg } from '../legs/find-leg.ts'
import { LEASE_MS } from '../legs/own-time.ts'
import { requireCaps } from '../limits/require-caps.ts'
import { requireOpen } from '../limits/require-open.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow, LegRow } from '../tables.ts'

const OVER = '这次申请的保留时间已过，请重新申请。'

/** Other parts of the same sum may have been paid or refused meanwhile, and other applications, too. */
async function requireStillAllowed(
  tx: Tx,
  room: RefundsRoom,
  { of, waiting }: { readonly of: CaseRow; readonly waiting: readonly LegRow[] },
): Promise<void> {
  if (await isWrongPayee(tx, of)) throw new AppError('refund-refused', { zh: WRONG_PAYEE })
  await lockUser(tx, of.user_id)
  const amountFen = waiting.reduce((sum, leg) => sum + leg.amount_fen, 0)
  const { user_id: userId, openid, patid } = of
  await requireCaps(tx, room, { userId, openid, patid, amountFen, legIds: waiting.map(({ id }) => id) })
}

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
    if (waiting.length > 0) await requireStillAllowed(tx, room, { of, waiting })
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
        set: {
          fail: null,
          told_funded_at_ms: null,
          counted_at_ms: nowMs,
          next_action_at_ms: nowMs + LEASE_MS,
        },
      })
      if (after) funded.push(after)
    }
    return { of, legs: funded }
  })
  await workOnCase(room, hospitalId, tried)
  return showCase(room, session, caseId)
}
