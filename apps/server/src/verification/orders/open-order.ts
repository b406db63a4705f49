import { MINUTE_MS, newId } from '@zhangyi/core'
import { type PatientRow, requireConsent, withOwnPatient } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { voidGrants } from '../grants/void-grants.ts'
import { holdsResidentId, type PlatformPurpose } from '../purposes.ts'
import type { VerificationRoom } from '../room.ts'
import type { StartVerification } from '../verification-view.ts'
import { attemptsUsedUp } from './attempts.ts'
import { grantOrder } from './grant-order.ts'
import type { OrderRow, VerificationTables } from './order.ts'
import type { OwnOrder } from './with-own-order.ts'

/**
 * Stores the intent to verify one of the session user's patients: state `starting`, or, where the platform is not to be
 * asked, where it goes on instead. Turning to a patient ends what was granted for the others.
 */
export function openOrder(
  room: VerificationRoom,
  session: Session,
  input: StartVerification,
): Promise<OwnOrder> {
  const hospital = hospitalOf(room, session)
  const { clock } = room
  return withOwnPatient(room, session, input.patientId, async (tx, patient) => {
    await requireConsent(tx, session.userId)
    const nowMs = clock.nowMs()
    await voidGrants(tx, clock, {
      reason: 'patient-switched',
      actor: `user:${session.userId}`,
      userId: session.userId,
      exceptPatientId: patient.id,
    })
    const reason = await reasonToSkip(room, session, tx, patient, input.purpose)
    const order = await tx.sql
      .withTables<VerificationTables>()
      .insertInto('verification')
      .values({
        hospital_id: tx.hospitalId,
        id: newId('verify'),
        user_id: session.userId,
        patient_id: patient.id,
        purpose: input.purpose,
        state: reason ? 'ways-on' : 'starting',
        reason,
        trace_id: null,
        verify_url: null,
        verify_order_id: null,
        register_order_id: null,
        verify_type: null,
        protect_state: null,
        grant_id: null,
        created_at_ms: nowMs,
        changed_at_ms: nowMs,
        expires_at_ms: nowMs + hospital.verification.orderMinutes * MINUTE_MS,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (reason) {
      auditUser(tx, clock, session.userId, {
        action: reason === 'no-resident-id' ? 'verification.skipped' : 'verification.attempts-used-up',
        subject: patient.id,
        detail: { purpose: input.purpose },
      })
    }
    if (reason === 'no-resident-id' && input.purpose === 'card-code')
      return { order: await grantShowing(room, session, tx, order), patient }
    return { order, patient }
  })
}

/**
 * Whom the platform cannot verify skips it, and a card that was linked through the platform is nobody's but this
 * user's to show: nothing else is asked.
 */
function grantShowing(room: VerificationRoom, session: Session, tx: Tx, order: OrderRow): Promise<OrderRow> {
  const lastsMs = hospitalOf(room, session).verification.fallbackGrantMinutes * MINUTE_MS
  return grantOrder(room, session, tx, order, { assurance: 'fallback', lastsMs })
}

async function reasonToSkip(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  patient: PatientRow,
  purpose: PlatformPurpose,
): Promise<'no-resident-id' | 'too-many-attempts' | null> {
  const nowMs = room.clock.nowMs()
  const idNumber = room.cipher.open(patient.id_number, 'patient.id_number').reveal()
  if (!holdsResidentId(patient.id_type, idNumber, nowMs)) return 'no-resident-id'
  const subject = { patientId: patient.id, purpose }
  const usedUp = await attemptsUsedUp(tx, session, hospitalOf(room, session), subject, nowMs)
  return usedUp ? 'too-many-attempts' : null
}
