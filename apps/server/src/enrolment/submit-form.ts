import { assertNever, type Outcome } from '@zhangyi/core'
import type { PreFillRequest } from '@zhangyi/health-card'
import { healthCardOf } from '../platform/clients/health-card-of.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { type CheckedPerson, checkPerson } from './check-person.ts'
import { settleCode } from './claim-code.ts'
import { type FlowPerson, type FlowRow, sealPerson } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import type { FormInput } from './inputs.ts'
import { redirectsOf } from './redirects.ts'
import { type EnrolmentRoom, viewFlow } from './room.ts'
import { spendCode } from './spend-code.ts'
import { changeFlow, type FlowChange, requireState, withOwnFlow } from './with-own-flow.ts'

/**
 * 新注册电子健康卡申领: the form of our `userFormPageUrl` page goes to the platform (registerHealthCardPreFill), which
 * answers with its verification page. A refusal leaves the form open, so that the person can correct and send again.
 */
export async function submitForm(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  input: FormInput,
): Promise<FlowView> {
  const { authCode, ...typed } = input
  const person = checkPerson(typed, hospitalOf(room, session).enrolment, room.clock.nowMs())
  return spendCode(room, session, flowId, {
    kind: 'auth-code',
    code: authCode,
    begin: (tx, flow) => {
      requireState(flow, 'on-platform', 'form')
      const change: FlowChange = {
        state: 'submitting',
        relation: person.relation,
        person: sealPerson(room.cipher, typedPerson(person)),
        platform_url: null,
      }
      return changeFlow(tx, flow, change, room.clock.nowMs())
    },
    spend: (flow) => send(room, session, flow, authCode, person),
  })
}

async function send(
  room: EnrolmentRoom,
  session: Session,
  flow: FlowRow,
  authCode: string,
  person: CheckedPerson,
): Promise<FlowView> {
  const { client, context } = healthCardOf(room, session)
  const outcome = await client.registerHealthCardPreFill(
    request(room, session, flow, authCode, person),
    context,
  )
  await withOwnFlow(room, session, flow.id, async (tx, locked) => {
    await settleCode(room, tx, 'auth-code', authCode, outcome.kind)
    await changeFlow(tx, locked, afterPreFill(room, outcome), room.clock.nowMs())
  })
  if (outcome.kind === 'no' && outcome.code !== 'transport') throw new AppError('card-platform-refused')
  return viewFlow(room, session, flow.id)
}

function afterPreFill(room: EnrolmentRoom, outcome: Outcome<{ readonly verifyUrl: string }>): FlowChange {
  switch (outcome.kind) {
    case 'yes':
      return {
        state: 'on-platform',
        platform_url: room.cipher.seal(outcome.value.verifyUrl, 'enrolment_flow.platform_url'),
      }
    case 'no':
      return outcome.code === 'transport'
        ? { state: 'ways-on', reason: 'platform-unavailable', code: outcome.code }
        : { state: 'form', code: outcome.code }
    case 'unknown':
      return { state: 'ways-on', reason: 'platform-unavailable', code: outcome.cause }
    default:
      return assertNever(outcome)
  }
}

function request(
  room: EnrolmentRoom,
  session: Session,
  flow: FlowRow,
  authCode: string,
  person: CheckedPerson,
): PreFillRequest {
  const { userFormPageUrl: _, ...targets } = redirectsOf(room, session, flow)
  const { guardian } = person
  const parent = guardian && {
    name: guardian.name,
    idType: guardian.idType,
    idNumber: guardian.idNumber,
    phone: guardian.phone,
  }
  return {
    authCode,
    name: person.name,
    gender: person.gender,
    // The platform wants a Chinese name in any case; for foreigners the form does not ask.
    nation: person.nation ?? '其他',
    birthday: person.birthday,
    idNumber: person.idNumber,
    idType: person.idType,
    phone1: person.phone,
    ...(person.address && { address: person.address }),
    relation: person.relation,
    ...(parent && { childInfo: guardian.relation === '父亲' ? { father: parent } : { mother: parent } }),
    ...targets,
  }
}

function typedPerson(person: CheckedPerson): FlowPerson {
  return { ...person, source: 'form', isSelf: person.relation === '本人', verified: false, card: undefined }
}
