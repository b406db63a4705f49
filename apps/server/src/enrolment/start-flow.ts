import { MINUTE_MS, newId, type Outcome } from '@zhangyi/core'
import { listPatients, requireConsent, withOwnPatient } from '../patients/index.ts'
import { healthCardOf } from '../platform/clients/health-card-of.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { EnrolmentTables, FlowRow } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import type { StartInput } from './inputs.ts'
import { recordStep } from './record-step.ts'
import { redirectsOf } from './redirects.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, type FlowChange, withOwnFlow } from './with-own-flow.ts'

/**
 * 建档授权: opens a flow and asks the platform for its bind-card page (registerHealthCardPreAuth). With the platform
 * out of reach the flow is there all the same and leads on to the visit card and the counter.
 */
export async function startFlow(room: EnrolmentRoom, session: Session, input: StartInput): Promise<FlowView> {
  const flow = await openFlow(room, session, input)
  const { client, context } = healthCardOf(room, session)
  const outcome = await client.registerHealthCardPreAuth(
    {
      wechatCode: input.wechatCode,
      patientType: flow.upgrade_patient_id ? 1 : 0,
      ...redirectsOf(room, session, flow),
    },
    context,
  )
  return withOwnFlow(room, session, flow.id, async (tx, locked) =>
    viewOf(room, session, tx, await changeFlow(tx, locked, afterPreAuth(room, outcome), room.clock.nowMs())),
  )
}

// An unknown outcome leads on just as an outage does: this call changes nothing that a new start would not redo.
function afterPreAuth(room: EnrolmentRoom, outcome: Outcome<{ readonly bindCardUrl: string }>): FlowChange {
  switch (outcome.kind) {
    case 'yes':
      return {
        state: 'on-platform',
        platform_url: room.cipher.seal(outcome.value.bindCardUrl, 'enrolment_flow.platform_url'),
      }
    case 'no':
      return {
        state: 'ways-on',
        reason: outcome.code === 'transport' ? 'platform-unavailable' : 'platform-refused',
        code: outcome.code,
      }
    case 'unknown':
      return { state: 'ways-on', reason: 'platform-unavailable', code: outcome.cause }
  }
}

async function openFlow(room: EnrolmentRoom, session: Session, input: StartInput): Promise<FlowRow> {
  const { database, clock } = room
  const settings = hospitalOf(room, session).enrolment
  const upgrade = input.intent === 'upgrade'
  if (upgrade) await withOwnPatient(room, session, input.patientId ?? '', async () => {})
  return database.inTransaction(session.hospitalId, async (tx) => {
    await requireConsent(tx, session.userId)
    const held = await listPatients(tx, session.userId)
    // Told before the way begins, not at its end. The link itself counts again, under a lock.
    if (!upgrade && held.length >= settings.maxPatients) throw new AppError('patient-limit')
    const nowMs = clock.nowMs()
    const id = newId('flow')
    const flow = await tx.sql
      .withTables<EnrolmentTables>()
      .insertInto('enrolment_flow')
      .values({
        hospital_id: tx.hospitalId,
        id,
        user_id: session.userId,
        intent: input.intent,
        upgrade_patient_id: upgrade ? (input.patientId ?? null) : null,
        state: 'starting',
        reason: null,
        trace_id: null,
        platform_url: null,
        person: null,
        archives: null,
        relation: null,
        patient_id: null,
        created_at_ms: nowMs,
        changed_at_ms: nowMs,
        expires_at_ms: nowMs + settings.flowMinutes * MINUTE_MS,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    recordStep(tx, id, { state: 'starting' }, nowMs)
    return flow
  })
}
