import { badInput, type FieldProblem } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { checkBirthday, checkGuardian, checkPhone, genderOf } from './check-person.ts'
import { createArchive } from './create-archive.ts'
import { finishFlow } from './finish-flow.ts'
import { type FlowPerson, openArchives, openPerson, sealPerson } from './flow.ts'
import type { ArchiveField, FlowView } from './flow-view.ts'
import type { CompleteInput } from './inputs.ts'
import { missingFields } from './missing-fields.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, requireState, withOwnFlow } from './with-own-flow.ts'

const ASK: Readonly<Record<ArchiveField, string>> = {
  gender: '请选择性别',
  birthday: '请选择出生日期',
  nation: '请选择民族',
  phone: '请填写手机号码',
  address: '请填写现住址',
  relation: '请选择与就诊人的关系',
  guardian: '请填写监护人',
}

/** 档案完善: takes what was missing, and only that: what the card says is not changed here. */
export async function completeArchive(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  input: CompleteInput,
): Promise<FlowView> {
  const { enrolment } = hospitalOf(room, session)
  const next = await withOwnFlow(room, session, flowId, async (tx, flow) => {
    if (flow.state === 'done') return viewOf(room, session, tx, flow)
    requireState(flow, 'complete-archive')
    const nowMs = room.clock.nowMs()
    const person = completed(openPerson(room.cipher, flow), input, nowMs)
    const relation = flow.relation ?? input.relation ?? null
    const archive = flow.archives ? openArchives(room.cipher, flow)[0] : undefined
    const missing = missingFields(person, relation, enrolment, nowMs).filter(
      (field) => !archive || field === 'relation',
    )
    if (missing.length > 0) throw badInput(...missing.map((field) => ({ field, message: ASK[field] })))
    const change = { person: sealPerson(room.cipher, person), relation }
    const after = await changeFlow(
      tx,
      flow,
      archive ? change : { ...change, state: 'creating-archive' },
      nowMs,
    )
    if (!archive) return 'create' as const
    return viewOf(room, session, tx, await finishFlow(room, session, tx, after, person, archive))
  })
  return next === 'create' ? createArchive(room, session, flowId) : next
}

function completed(person: FlowPerson, input: CompleteInput, nowMs: number): FlowPerson {
  const problems: FieldProblem[] = []
  const problem = (field: string, message: string) => void problems.push({ field, message })
  if (!person.birthday && input.birthday) checkBirthday(input.birthday, problem, nowMs)
  if (!person.phone && input.phone) checkPhone(input.phone, 'phone', problem)
  const guardian = person.guardian ?? (input.guardian && checkGuardian(input.guardian, problem, nowMs))
  if (problems.length > 0) throw badInput(...problems)
  return {
    ...person,
    gender: person.gender ?? genderOf(input.gender),
    birthday: person.birthday || input.birthday || undefined,
    nation: person.nation || input.nation?.trim() || undefined,
    phone: person.phone || input.phone?.trim() || undefined,
    address: person.address || input.address?.trim() || undefined,
    guardian,
  }
}
