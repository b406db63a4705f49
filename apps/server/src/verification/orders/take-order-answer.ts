import { assertNever, MINUTE_MS, type Outcome } from '@zhangyi/core'
import type { UniformVerifyOrder } from '@zhangyi/health-card'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import { attemptsUsedUp, recordAttempt } from './attempts.ts'
import { grantOrder } from './grant-order.ts'
import type { OrderRow } from './order.ts'
import { changeOrder } from './with-own-order.ts'

/** What the platform's answer to `registerUniformVerifyOrder` makes of a verification whose row is locked. */
export async function takeOrderAnswer(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  order: OrderRow,
  outcome: Outcome<UniformVerifyOrder>,
): Promise<OrderRow> {
  const { cipher, clock } = room
  const nowMs = clock.nowMs()
  switch (outcome.kind) {
    case 'yes': {
      const { verifyOrderId, verifyUrl, protectState } = outcome.value
      const known = {
        verify_order_id: cipher.seal(verifyOrderId, 'verification.verify_order_id'),
        protect_state: protectState ?? null,
      }
      if (verifyUrl === undefined) return withoutPage(room, session, tx, order, known)
      // Counted where the page is given out, one request of a user after the other: of many starts at once no more
      // pages open than tries are left. An order whose page nobody gets proves nothing.
      await lockUser(tx, session.userId)
      const subject = { patientId: order.patient_id, purpose: order.purpose }
      if (await attemptsUsedUp(tx, session, hospitalOf(room, session), subject, nowMs)) {
        auditUser(tx, clock, session.userId, {
          action: 'verification.attempts-used-up',
          subject: order.patient_id,
          detail: { purpose: order.purpose },
        })
        return changeOrder(tx, order, { ...known, state: 'ways-on', reason: 'too-many-attempts' }, nowMs)
      }
      await recordAttempt(tx, session, order, nowMs)
      const verify_url = cipher.seal(verifyUrl, 'verification.verify_url')
      return changeOrder(tx, order, { ...known, state: 'on-platform', verify_url }, nowMs)
    }
    case 'no':
      return changeOrder(
        tx,
        order,
        {
          state: 'ways-on',
          reason: outcome.code === 'transport' ? 'platform-unavailable' : 'platform-refused',
        },
        nowMs,
      )
    case 'unknown':
      // An order that nobody opens proves nothing and costs nothing: the patient begins again.
      return changeOrder(tx, order, { state: 'ways-on', reason: 'platform-unavailable' }, nowMs)
    default:
      return assertNever(outcome)
  }
}

/**
 * 平台没有给验证页: what that means is not public, so that it opens nothing, unless the hospital says in its settings
 * that it trusts it.
 */
async function withoutPage(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  order: OrderRow,
  known: Pick<OrderRow, 'verify_order_id' | 'protect_state'>,
): Promise<OrderRow> {
  const { verification } = hospitalOf(room, session)
  const nowMs = room.clock.nowMs()
  if (!verification.trustEmptyVerifyUrl)
    return changeOrder(tx, order, { ...known, state: 'ways-on', reason: 'no-page' }, nowMs)
  const lastsMs = verification.grantMinutes * MINUTE_MS
  return grantOrder(room, session, tx, order, { assurance: 'trusted', lastsMs }, known)
}
