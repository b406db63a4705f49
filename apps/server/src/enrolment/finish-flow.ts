import { type Gender, newId, sensitive } from '@zhangyi/core'
import { linkPatient, type PatientRow } from '../patients/index.ts'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { CARD_BINDING_WORK } from './bind-cards.ts'
import type { EnrolmentTables, FlowArchive, FlowPerson, FlowRow } from './flow.ts'
import type { EnrolmentRoom } from './room.ts'
import { changeFlow } from './with-own-flow.ts'

/** Links the patient, orders the background binding of the card, and ends the flow: one transaction, the caller's. */
export async function finishFlow(
  room: EnrolmentRoom,
  session: Session,
  tx: Tx,
  flow: FlowRow,
  person: FlowPerson,
  archive: Pick<FlowArchive, 'patid' | 'visitCardNumber'>,
): Promise<FlowRow> {
  const nowMs = room.clock.nowMs()
  const { card } = person
  let patient: PatientRow
  try {
    patient = await linkPatient(tx, room.cipher, {
      userId: session.userId,
      person: {
        name: sensitive(person.name),
        idType: person.idType,
        idNumber: sensitive(person.idNumber),
        gender: person.gender as Gender,
        birthday: sensitive(person.birthday ?? ''),
        phone: person.phone === undefined ? undefined : sensitive(person.phone),
      },
      relation: flow.relation ?? '其他',
      verified: person.verified,
      patid: archive.patid,
      visitCard: archive.visitCardNumber === undefined ? undefined : sensitive(archive.visitCardNumber),
      card: card && { healthCardId: card.healthCardId, qrCodeText: sensitive(card.qrCodeText) },
      offerCardLater: person.source === 'reg-info',
      maxPatients: hospitalOf(room, session).enrolment.maxPatients,
      nowMs,
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code: reason } = error
    if (reason !== 'patient-limit' && reason !== 'his-refused') throw error
    return changeFlow(tx, flow, { state: 'ways-on', reason }, nowMs)
  }
  auditUser(tx, room.clock, session.userId, {
    action: 'enrolment.linked',
    subject: patient.id,
    detail: { source: person.source, verified: patient.verified },
  })
  if (card) await orderBinding(room, tx, patient, archive.patid, card, nowMs)
  return changeFlow(
    tx,
    flow,
    { state: 'done', reason: null, patient_id: patient.id, person: null, archives: null },
    nowMs,
  )
}

async function orderBinding(
  room: EnrolmentRoom,
  tx: Tx,
  patient: PatientRow,
  patid: string,
  card: NonNullable<FlowPerson['card']>,
  nowMs: number,
): Promise<void> {
  const due = { patid, state: 'due' as const, attempts: 0, last_problem: null, next_action_at_ms: nowMs }
  await tx.sql
    .withTables<EnrolmentTables>()
    .insertInto('card_binding')
    .values({
      hospital_id: tx.hospitalId,
      patient_id: patient.id,
      // Some cards come without an id of 64 digits; then the row still needs a key of its own.
      health_card_id: card.healthCardId ?? newId('card'),
      qr_code_text: room.cipher.seal(card.qrCodeText, 'card_binding.qr_code_text'),
      ...due,
    })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'patient_id', 'health_card_id']).doUpdateSet(due),
    )
    .execute()
  await room.jobs.wake(tx, CARD_BINDING_WORK)
}
