import { assertNever, MINUTE_MS, newId, type Outcome } from '@zhangyi/core'
import type { UniformVerifyOrder } from '@zhangyi/health-card'
import { type PatientRow, requireConsent, withOwnPatient } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { issueGrant } from '../grants/issue-grant.ts'
import { voidGrants } from '../grants/void-grants.ts'
import { holdsResidentId, purposeFacts } from '../purposes.ts'
import { healthCardOf, hospitalOf, type VerificationRoom } from '../room.ts'
import type { StartVerification, VerificationView } from '../verification-view.ts'
import { attemptsUsedUp, recordAttempt } from './attempts.ts'
import type { OrderRow, VerificationTables } from './order.ts'
import { orderRedirects } from './redirects.ts'
import { showOrder, viewOrder } from './show-order.ts'
import { changeOrder, withOwnOrder } from './with-own-order.ts'

/**
 * 实人验证 of one of the session user's patients for one purpose: stores the intent, asks the platform for its page
 * (registerUniformVerifyOrder). Turning to a patient ends what was granted for the others. A patient without a resident
 * ID card is never submitted, a user whose tries of the day are used up neither: both get their ways on.
 */
export async function startVerification(
  room: VerificationRoom,
  session: Session,
  input: StartVerification,
): Promise<VerificationView> {
  const { order, patient } = await openOrder(room, session, input)
  if (order.state !== 'starting') return viewOrder(room, session, order.id)
  const outcome = await ask(room, session, order, patient, input.wechatCode)
  return withOwnOrder(room, session, order.id, async (tx, own) => {
    // The page may have looked meanwhile and taken it for lost; what the platform said still counts.
    if (own.order.state !== 'starting') return showOrder(room, session, tx, own)
    const after = await afterAsking(room, session, tx, own.order, outcome)
    return showOrder(room, session, tx, { order: after, patient: own.patient })
  })
}

function openOrder(room: VerificationRoom, session: Session, input: StartVerification) {
  const hospital = hospitalOf(room, session)
  const { clock, cipher } = room
  return withOwnPatient(room, session, input.patientId, async (tx, patient) => {
    await requireConsent(tx, session.userId)
    const nowMs = clock.nowMs()
    await voidGrants(tx, clock, {
      reason: 'patient-switched',
      actor: `user:${session.userId}`,
      userId: session.userId,
      exceptPatientId: patient.id,
    })
    const idNumber = cipher.open(patient.id_number, 'patient.id_number').reveal()
    const reason = !holdsResidentId(patient.id_type, idNumber, nowMs)
      ? ('no-resident-id' as const)
      : (await attemptsUsedUp(
            tx,
            session,
            hospital,
            { patientId: patient.id, purpose: input.purpose },
            nowMs,
          ))
        ? ('too-many-attempts' as const)
        : null
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
      await auditUser(tx, clock, session.userId, {
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
async function grantShowing(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  order: OrderRow,
): Promise<OrderRow> {
  const grant = await issueGrant(tx, room.clock, {
    userId: session.userId,
    subject: { kind: 'patient', patientId: order.patient_id },
    purpose: order.purpose,
    assurance: 'fallback',
    source: order.id,
    lastsMs: hospitalOf(room, session).verification.fallbackGrantMinutes * MINUTE_MS,
  })
  const change = { state: 'granted', reason: null, grant_id: grant.id } as const
  return changeOrder(tx, order, change, room.clock.nowMs())
}

function ask(
  room: VerificationRoom,
  session: Session,
  order: OrderRow,
  patient: PatientRow,
  wechatCode: string,
): Promise<Outcome<UniformVerifyOrder>> {
  const hospital = hospitalOf(room, session)
  const { client, context } = healthCardOf(room, session)
  return client.registerUniformVerifyOrder(
    {
      cardType: '01',
      idCard: room.cipher.open(patient.id_number, 'patient.id_number').reveal(),
      name: room.cipher.open(patient.name, 'patient.name').reveal(),
      wechatCode,
      ...(patient.health_card_id && { ecardNo: patient.health_card_id }),
      scene: purposeFacts(hospital, order.purpose).scene,
      useCardType: hospital.verification.useCardType,
      ...orderRedirects(hospital, session.channel, room.publicOrigin, order.id),
    },
    context,
  )
}

async function afterAsking(
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
  const grant = await issueGrant(tx, room.clock, {
    userId: session.userId,
    subject: { kind: 'patient', patientId: order.patient_id },
    purpose: order.purpose,
    assurance: 'trusted',
    source: order.id,
    lastsMs: verification.grantMinutes * MINUTE_MS,
  })
  return changeOrder(tx, order, { ...known, state: 'granted', grant_id: grant.id }, nowMs)
}
