import {
  assertNever,
  isIdType,
  normaliseName,
  type Outcome,
  parseResidentId,
  shanghaiDay,
} from '@zhangyi/core'
import type { RegisteredPerson } from '@zhangyi/health-card'
import { healthCardOf } from '../platform/clients/health-card-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { genderOf } from './check-person.ts'
import { settleCode } from './claim-code.ts'
import { type FlowPerson, type FlowRow, openPerson, sealPerson } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import type { EnrolmentRoom } from './room.ts'
import { settleArchive } from './settle-archive.ts'
import { spendCode } from './spend-code.ts'
import { changeFlow, type FlowChange, requireState, withOwnFlow } from './with-own-flow.ts'

export type ExchangedKind = 'health-code' | 'reg-info-code'

/**
 * The platform sent the patient back with a healthCode (card linked or made) or a regInfoCode (card management out
 * of order). Exchanges the code exactly once and goes on to the archive. The same code again finds the stored result.
 */
export async function receiveCode(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  kind: ExchangedKind,
  code: string,
): Promise<FlowView> {
  return spendCode(room, session, flowId, {
    kind,
    code,
    begin: (tx, flow) => {
      requireState(flow, 'on-platform', 'form', 'submitting')
      return changeFlow(tx, flow, { state: 'exchanging', platform_url: null }, room.clock.nowMs())
    },
    spend: () => exchange(room, session, flowId, kind, code),
  })
}

async function exchange(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  kind: ExchangedKind,
  code: string,
): Promise<FlowView> {
  const outcome = await ask(room, session, kind, code)
  await withOwnFlow(room, session, flowId, async (tx, flow) => {
    await settleCode(room, tx, kind, code, outcome.kind)
    await changeFlow(tx, flow, afterExchange(room, flow, kind, outcome), room.clock.nowMs())
  })
  return settleArchive(room, session, flowId)
}

interface Exchanged {
  readonly person: RegisteredPerson
  readonly isSelf: boolean
  readonly card: FlowPerson['card']
}

async function ask(
  room: EnrolmentRoom,
  session: Session,
  kind: ExchangedKind,
  code: string,
): Promise<Outcome<Exchanged>> {
  const { client, context } = healthCardOf(room, session)
  if (kind === 'reg-info-code') {
    const outcome = await client.getRegInfoByCode({ code }, context)
    if (outcome.kind !== 'yes') return outcome
    const { isSelf, ...person } = outcome.value
    return { kind: 'yes', value: { person, isSelf: isSelf ?? false, card: undefined } }
  }
  const outcome = await client.getHealthCardByHealthCode({ healthCode: code }, context)
  if (outcome.kind !== 'yes') return outcome
  const { card, isSelf } = outcome.value
  const { healthCardId, qrCodeText } = card
  return { kind: 'yes', value: { person: card, isSelf: isSelf ?? false, card: { healthCardId, qrCodeText } } }
}

function afterExchange(
  room: EnrolmentRoom,
  flow: FlowRow,
  kind: ExchangedKind,
  outcome: Outcome<Exchanged>,
): FlowChange {
  switch (outcome.kind) {
    case 'yes': {
      const person = personOf(room, flow, kind, outcome.value)
      if (!person) return { state: 'ways-on', reason: 'platform-refused' }
      const relation = person.isSelf ? '本人' : flow.relation
      return { state: 'archiving', person: sealPerson(room.cipher, person), relation }
    }
    case 'no':
      return {
        state: 'ways-on',
        reason: outcome.code === 'transport' ? 'platform-unavailable' : 'code-refused',
        code: outcome.code,
      }
    case 'unknown':
      // The code may be spent. Asking again could burn a second one for nothing: the patient authorises afresh.
      return { state: 'ways-on', reason: 'code-unknown', code: outcome.cause }
    default:
      return assertNever(outcome)
  }
}

/**
 * What the platform says, completed by what the same person typed into our form before. A number of document type
 * 01 that is no resident ID is not taken as one; undefined if the platform gave no usable person.
 */
function personOf(
  room: EnrolmentRoom,
  flow: FlowRow,
  kind: ExchangedKind,
  { person, isSelf, card }: Exchanged,
): FlowPerson | undefined {
  const name = normaliseName(person.name)
  if (name === '' || person.idNumber === '' || !isIdType(person.idType)) return undefined
  const resident =
    person.idType === '01' ? parseResidentId(person.idNumber, shanghaiDay(room.clock.nowMs())) : undefined
  const idNumber = resident?.ok ? resident.value.number : person.idNumber.trim().toUpperCase()
  const typed = flow.person ? openPerson(room.cipher, flow) : undefined
  const own = typed && typed.idType === person.idType && typed.idNumber === idNumber ? typed : undefined
  return {
    source: kind === 'health-code' ? 'card' : 'reg-info',
    name,
    idType: person.idType,
    idNumber,
    gender: genderOf(person.gender) ?? (resident?.ok ? resident.value.gender : own?.gender),
    birthday: person.birthday || (resident?.ok ? resident.value.birthday : own?.birthday),
    nation: person.nation || own?.nation,
    phone: person.phone1 || person.phone2 || own?.phone,
    address: person.address || own?.address,
    isSelf,
    // Only a resident ID can have been verified by the platform; of an outage's data it must say so itself.
    verified:
      resident?.ok === true &&
      (kind === 'health-code' ? person.verifyStatus !== false : person.verifyStatus === true),
    guardian: own?.guardian,
    card,
  }
}
