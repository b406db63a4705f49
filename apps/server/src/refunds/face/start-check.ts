import { ageAt, checkName, normaliseName, parseResidentId, sensitive, shanghaiDay } from '@zhangyi/core'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { type FacePerson, type StartedFaceCheck, startFaceCheck } from '../../verification/index.ts'
import { requireOpen } from '../limits/require-open.ts'
import type { RefundsRoom } from '../room.ts'

/** What the patient typed. */
export interface TypedPerson {
  readonly name: string
  readonly idNumber: string
}

const NAME_PROBLEM = '请填写身份证上的姓名'
const NUMBER_PROBLEM = '身份证号码有误，请核对'
const NOT_RESIDENT = '这种证件不能做人脸核验，请提交线下退款申请，或到窗口办理。'
const TOO_YOUNG = '未成年人请由监护人提交线下退款申请，或到窗口办理。'

/** Begins the face check of whoever wants a balance back: name and number as typed, which WeChat holds the face against. */
export async function startRefundCheck(
  room: RefundsRoom,
  session: Session,
  typed: TypedPerson,
): Promise<StartedFaceCheck> {
  await requireOpen(room, session.hospitalId, 'face')
  return startFaceCheck(room, session, { purpose: 'refund', person: personOf(room, session, typed) })
}

function personOf(room: RefundsRoom, session: Session, { name, idNumber }: TypedPerson): FacePerson {
  const nowMs = room.clock.nowMs()
  const parsed = parseResidentId(idNumber, shanghaiDay(nowMs))
  if (!parsed.ok && parsed.problem === 'not-resident')
    throw new AppError('face-check-refused', { zh: NOT_RESIDENT })
  const problems = [
    ...(checkName(name) ? [{ field: 'name', message: NAME_PROBLEM }] : []),
    ...(parsed.ok ? [] : [{ field: 'idNumber', message: NUMBER_PROBLEM }]),
  ]
  if (problems.length > 0 || !parsed.ok) throw badInput(...problems)
  const { guardianUnderAge } = hospitalOf(room, session).enrolment
  if (ageAt(parsed.value.birthday, nowMs) < guardianUnderAge)
    throw new AppError('face-check-refused', { zh: TOO_YOUNG })
  return { name: sensitive(normaliseName(name)), idNumber: sensitive(parsed.value.number) }
}
