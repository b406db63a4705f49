import { hasConsent } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { issueGrant, type NewGrant } from '../grants/issue-grant.ts'
import { voidGrants } from '../grants/void-grants.ts'
import type { VerificationRoom } from '../room.ts'
import type { OrderRow } from './order.ts'
import { changeOrder, type OrderChange } from './with-own-order.ts'

/**
 * Ends a verification with its grant, in the caller's transaction. The user has turned to this patient, so that grants
 * for others end: two verifications begun side by side never leave two patients open. Consent withdrawn since the start
 * makes no grant, also if it is given again later.
 */
export async function grantOrder(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  order: OrderRow,
  grant: Pick<NewGrant, 'assurance' | 'proxy' | 'lastsMs'>,
  known: OrderChange = {},
): Promise<OrderRow> {
  const { clock } = room
  const { userId } = session
  // A withdrawal or a switch at this moment comes wholly before, or finds the grant and ends it.
  await lockUser(tx, userId)
  if (!(await hasConsent(tx, userId))) {
    auditUser(tx, clock, userId, {
      action: 'verification.failed',
      subject: order.id,
      detail: { purpose: order.purpose, why: 'no-consent' },
    })
    return changeOrder(tx, order, { ...known, state: 'ways-on', reason: 'failed' }, clock.nowMs())
  }
  await voidGrants(tx, clock, {
    reason: 'patient-switched',
    actor: `user:${userId}`,
    userId,
    exceptPatientId: order.patient_id,
  })
  const { id } = await issueGrant(tx, clock, {
    userId,
    subject: { kind: 'patient', patientId: order.patient_id },
    purpose: order.purpose,
    source: order.id,
    ...grant,
  })
  const change = { ...known, state: 'granted', reason: null, grant_id: id } as const
  return changeOrder(tx, order, change, clock.nowMs())
}
