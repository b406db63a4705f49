import { assertNever, type Gender, type Outcome } from '@zhangyi/core'
import type { Archive, NewArchive } from '@zhangyi/his'
import { markUnconfirmedArchive } from '../patients/index.ts'
import type { Session } from '../platform/sessions/session.ts'
import { findArchives } from './find-archives.ts'
import { finishFlow } from './finish-flow.ts'
import { type FlowArchive, type FlowPerson, openPerson, sealArchives } from './flow.ts'
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
  const flow = await withOwnFlow(room, session, flowId, async (_tx, locked) => locked)
  if (flow.state !== 'creating-archive') return viewFlow(room, session, flowId)
  const person = openPerson(room.cipher, flow)
  const outcome: Outcome<Archive> = await hisOf(room, session).archives.create(newArchive(person), flow.id)
  switch (outcome.kind) {
    case 'yes':
      return link(room, session, flowId, person, [outcome.value], 'made')
    case 'no':
      if (outcome.code !== 'duplicate') return goWaysOn(room, session, flowId, 'his-refused')
      return linkWhatIsThere(room, session, flowId, person, 'his-refused', 'found')
    case 'unknown':
      // The lookup before found none: what is there now came from this very request.
      return linkWhatIsThere(room, session, flowId, person, 'his-unavailable', 'made')
    default:
      return assertNever(outcome)
  }
}

async function linkWhatIsThere(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  person: FlowPerson,
  otherwise: 'his-refused' | 'his-unavailable',
  origin: 'made' | 'found',
): Promise<FlowView> {
  const found = await findArchives(room, session, person)
  if (found === 'unavailable' || found.length === 0) return goWaysOn(room, session, flowId, otherwise)
  return link(room, session, flowId, person, found, origin)
}

function link(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  person: FlowPerson,
  found: readonly Pick<FlowArchive, 'patid' | 'visitCardNumber'>[],
  origin: 'made' | 'found',
): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    if (flow.state !== 'creating-archive') return viewOf(room, session, tx, flow)
    const [first, second] = found
    if (origin === 'made' && !person.verified)
      for (const { patid } of found) await markUnconfirmedArchive(tx, patid, room.clock.nowMs())
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
