import { sensitive } from '@zhangyi/core'
import { findPatient, personIndex } from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { createArchive } from './create-archive.ts'
import { findArchives } from './find-archives.ts'
import { finishFlow } from './finish-flow.ts'
import { type FlowArchive, type FlowPerson, type FlowRow, openPerson, sealArchives } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import { goWaysOn } from './go-ways-on.ts'
import { missingFields } from './missing-fields.ts'
import { type EnrolmentRoom, viewFlow, viewOf } from './room.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/**
 * 院内档案关联: looks the person up in the HIS and goes on by what is there. One archive: link it. Several: the
 * patient picks. None: make one, or ask for what is missing first. A flow in any other state is only shown.
 */
export async function settleArchive(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
): Promise<FlowView> {
  const flow = await withOwnFlow(room, session, flowId, async (_tx, locked) => locked)
  if (flow.state !== 'archiving') return viewFlow(room, session, flowId)
  const person = openPerson(room.cipher, flow)
  const old = await oldPatient(room, session, flow, person)
  if (old === 'other-person') return goWaysOn(room, session, flowId, 'other-person')
  const found = old ? [old] : await findArchives(room, session, person)
  if (found === 'unavailable') return goWaysOn(room, session, flowId, 'his-unavailable')
  const next = await withOwnFlow(room, session, flowId, (tx, locked) =>
    decide(room, session, tx, locked, person, found),
  )
  return next === 'create' ? createArchive(room, session, flowId) : next
}

async function decide(
  room: EnrolmentRoom,
  session: Session,
  tx: Tx,
  flow: FlowRow,
  person: FlowPerson,
  found: readonly FlowArchive[],
): Promise<FlowView | 'create'> {
  const nowMs = room.clock.nowMs()
  // Two requests for the same flow: the first one has moved it on.
  if (flow.state !== 'archiving') return viewOf(room, session, tx, flow)
  const [first, second] = found
  if (first && second) {
    const archives = sealArchives(room.cipher, found)
    return viewOf(room, session, tx, await changeFlow(tx, flow, { state: 'choose-archive', archives }, nowMs))
  }
  const { enrolment } = hospitalOf(room, session)
  const missing = missingFields(person, flow.relation, enrolment, nowMs)
  // An archive that is there needs nothing but the relation; a new one needs every field of the hospital.
  const needed = first ? missing.filter((field) => field === 'relation') : missing
  if (needed.length > 0) {
    const archives = first ? sealArchives(room.cipher, found) : null
    return viewOf(
      room,
      session,
      tx,
      await changeFlow(tx, flow, { state: 'complete-archive', archives }, nowMs),
    )
  }
  if (first) return viewOf(room, session, tx, await finishFlow(room, session, tx, flow, person, first))
  await changeFlow(tx, flow, { state: 'creating-archive' }, nowMs)
  return 'create'
}

/** 老用户升级: the card must be the old patient's own; then its archive is the one to keep. */
async function oldPatient(
  room: EnrolmentRoom,
  session: Session,
  flow: FlowRow,
  person: FlowPerson,
): Promise<FlowArchive | 'other-person' | undefined> {
  const oldId = flow.upgrade_patient_id
  if (!oldId) return undefined
  const row = await room.database.inTransaction(session.hospitalId, (tx) =>
    findPatient(tx, session.userId, oldId),
  )
  const index = personIndex(room.cipher, { idType: person.idType, idNumber: sensitive(person.idNumber) })
  if (!row?.person_index.equals(index)) return 'other-person'
  const visitCardNumber = row.visit_card && room.cipher.open(row.visit_card, 'patient.visit_card').reveal()
  return {
    key: '1',
    patid: row.patid,
    visitCardNumber: visitCardNumber || undefined,
    lastVisitOn: undefined,
    campus: undefined,
  }
}
