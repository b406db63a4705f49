import { assertNever, type Gender, type Outcome, sensitive } from '@zhangyi/core'
import type { Archive, NewArchive } from '@zhangyi/his'
import {
  lacksResidentId,
  markUnconfirmedArchive,
  markUnconfirmedPerson,
  personIndex,
  unmarkUnconfirmedPerson,
} from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { Session } from '../platform/sessions/session.ts'
import { findArchives } from './find-archives.ts'
import { finishFlow } from './finish-flow.ts'
import { type FlowArchive, type FlowPerson, type FlowRow, openPerson, sealArchives } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import { goWaysOn } from './go-ways-on.ts'
import { type EnrolmentRoom, hisOf, viewFlow, viewOf } from './room.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/**
 * 院内建档 for a flow in state `creating-archive`: the intent stands in that state, the flow's id is the request key.
 * A lost reply or "duplicate" is answered by a query: what is there is linked, never a second archive made.
 */
export async function createArchive(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
): Promise<FlowView> {
  const flow = await withOwnFlow(room, session, flowId, (tx, locked) => intend(room, tx, locked))
  if (flow.state !== 'creating-archive') return viewFlow(room, session, flowId)
  const person = openPerson(room.cipher, flow)
  const outcome: Outcome<Archive> = await hisOf(room, session).archives.create(newArchive(person), flow.id)
  switch (outcome.kind) {
    case 'yes':
      return link(room, session, flowId, person, [outcome.value])
    case 'no':
      if (outcome.code === 'duplicate')
        return linkWhatIsThere(room, session, flowId, person, { reason: 'his-refused', code: outcome.code })
      await room.database.inTransaction(session.hospitalId, (tx) => unmark(room, tx, flowId, person))
      return goWaysOn(room, session, flowId, 'his-refused', outcome.code)
    case 'unknown':
      return linkWhatIsThere(room, session, flowId, person, {
        reason: 'his-unavailable',
        code: outcome.cause,
      })
    default:
      return assertNever(outcome)
  }
}

/** Stands before the HIS is asked: a lost reply leaves an archive behind whose number we do not know. */
async function intend(room: EnrolmentRoom, tx: Tx, flow: FlowRow): Promise<FlowRow> {
  if (flow.state !== 'creating-archive') return flow
  const person = openPerson(room.cipher, flow)
  if (!person.verified) await markUnconfirmedPerson(tx, indexOf(room, person), flow.id, room.clock.nowMs())
  return flow
}

function unmark(room: EnrolmentRoom, tx: Tx, flowId: string, person: FlowPerson): Promise<void> {
  return unmarkUnconfirmedPerson(tx, indexOf(room, person), flowId)
}

function indexOf({ cipher }: EnrolmentRoom, { idType, idNumber }: FlowPerson): Buffer {
  return personIndex(cipher, { idType, idNumber: sensitive(idNumber) })
}

async function linkWhatIsThere(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  person: FlowPerson,
  { reason, code }: { readonly reason: 'his-refused' | 'his-unavailable'; readonly code: string },
): Promise<FlowView> {
  const found = await findArchives(room, session, person)
  if (found === 'unavailable' || found.length === 0) return goWaysOn(room, session, flowId, reason, code)
  return link(room, session, flowId, person, found)
}

function link(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  person: FlowPerson,
  found: readonly Pick<FlowArchive, 'patid' | 'visitCardNumber'>[],
): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    if (flow.state !== 'creating-archive') return viewOf(room, session, tx, flow)
    const [first, second] = found
    // The lookup before found none: what is there now came from this very request, also where the HIS, or a bus before
    // it, calls it a duplicate.
    if (!person.verified)
      for (const { patid } of found)
        await markUnconfirmedArchive(
          tx,
          { patid, needsOperator: lacksResidentId(person) },
          room.clock.nowMs(),
        )
    await unmark(room, tx, flowId, person)
    if (first && !second)
      return viewOf(room, session, tx, await finishFlow(room, session, tx, flow, person, first))
    const archives = sealArchives(room.cipher, found as readonly FlowArchive[])
    return viewOf(
      room,
      session,
      tx,
      await changeFlow(tx, flow, { state: 'choose-archive', archives }, room.clock.nowMs()),
    )
  })
}

function newArchive(person: FlowPerson): NewArchive {
  return {
    name: person.name,
    idType: person.idType,
    idNumber: person.idNumber,
    gender: person.gender as Gender,
    birthday: person.birthday ?? '',
    nation: person.nation,
    phone: person.phone ?? '',
    address: person.address,
    guardian: person.guardian,
    verified: person.verified,
  }
}
