import {
  ageAt,
  checkName,
  type Gender,
  type IdNumberProblem,
  type IdType,
  isMobileNumber,
  isRealDate,
  type NameProblem,
  normaliseName,
  parseOtherDocument,
  parseResidentId,
  shanghaiDay,
} from '@zhangyi/core'
import { badInput, type FieldProblem } from '../platform/errors/catalogue.ts'
import type { EnrolmentSettings } from './enrolment-settings.ts'
import type { GuardianInput, PersonInput } from './inputs.ts'

export interface CheckedPerson {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender: Gender
  readonly birthday: string
  readonly nation: string | undefined
  readonly phone: string
  readonly address: string | undefined
  readonly relation: PersonInput['relation']
  readonly guardian: GuardianInput | undefined
}

const NAME_PROBLEMS: Readonly<Record<NameProblem, string>> = {
  empty: '请填写姓名',
  'too-short': '姓名至少两个字',
  characters: '姓名里有不能使用的字符，请按证件填写（中间的点请用“·”）',
}

const ID_PROBLEMS: Readonly<Record<IdNumberProblem, string>> = {
  empty: '请填写证件号码',
  length: '证件号码的位数或格式不对，请对照证件检查',
  characters: '证件号码里有不能使用的字符，请对照证件检查',
  date: '证件号码里的出生日期不存在，请对照证件检查',
  future: '证件号码里的出生日期在今天之后，请对照证件检查',
  checksum: '证件号码不正确，可能有一位输错了，请对照证件检查',
  'not-resident':
    '81、82、83 或 9 开头的号码不是居民身份证，请把证件类型改为“港澳台居民居住证”或“外国人永久居留身份证”',
}

/**
 * Checks what a person typed and completes what the document says (birthday and gender of a resident ID). Throws
 * one `bad-input` that names every wrong field. Never echoes what was typed.
 */
export function checkPerson(input: PersonInput, settings: EnrolmentSettings, nowMs: number): CheckedPerson {
  const problems: FieldProblem[] = []
  const problem = (field: string, message: string) => void problems.push({ field, message })
  checkNameField(input.name, 'name', problem)
  const document = checkDocument(input, 'idNumber', problem, nowMs)
  const gender = document?.gender ?? genderOf(input.gender)
  const birthday = document?.birthday ?? input.birthday ?? ''
  // A resident ID says both; while its number is wrong, asking for them would only confuse.
  const asked = input.idType !== '01'
  if (asked && !gender) problem('gender', '请选择性别')
  const realBirthday = asked ? checkBirthday(birthday, problem, nowMs) : document !== undefined
  checkPhone(input.phone, 'phone', problem)
  const nation = input.nation?.trim() || undefined
  if (input.idType === '01' && settings.requiredFields.includes('nation') && !nation)
    problem('nation', '请选择民族')
  const address = input.address?.trim() || undefined
  if (settings.requiredFields.includes('address') && !address) problem('address', '请填写现住址')
  const child = realBirthday && ageAt(birthday, nowMs) < settings.guardianUnderAge
  if (child && !input.guardian) problem('guardian', `${settings.guardianUnderAge} 岁以下的孩子需要填写监护人`)
  const guardian = child && input.guardian ? checkGuardian(input.guardian, problem, nowMs) : undefined
  if (problems.length > 0 || !document || !gender) throw badInput(...problems)
  return {
    name: normaliseName(input.name),
    idType: input.idType,
    idNumber: document.number,
    gender,
    birthday,
    nation,
    phone: input.phone.trim(),
    address,
    relation: input.relation,
    guardian,
  }
}

type Tell = (field: string, message: string) => void

function checkNameField(name: string, field: string, problem: Tell): void {
  const wrong = checkName(name)
  if (wrong) problem(field, NAME_PROBLEMS[wrong])
}

export function checkPhone(phone: string, field: string, problem: Tell): void {
  if (phone.trim() === '') problem(field, '请填写手机号码')
  else if (!isMobileNumber(phone)) problem(field, '手机号码应为 11 位数字，请检查')
}

/** True if it is a real date that is not in the future. */
export function checkBirthday(birthday: string, problem: Tell, nowMs: number): boolean {
  if (birthday === '') problem('birthday', '请选择出生日期')
  else if (!isRealDate(birthday) || birthday < '1850-01-01') problem('birthday', '出生日期不存在，请检查')
  else if (birthday > shanghaiDay(nowMs)) problem('birthday', '出生日期在今天之后，请检查')
  else return true
  return false
}

export function genderOf(text: string | undefined): Gender | undefined {
  return text === '男' || text === '女' ? text : undefined
}

type Document = { readonly number: string; readonly birthday?: string; readonly gender?: Gender }

function checkDocument(
  { idType, idNumber }: { readonly idType: IdType; readonly idNumber: string },
  field: string,
  problem: Tell,
  nowMs: number,
): Document | undefined {
  if (idType === '01') {
    const resident = parseResidentId(idNumber, shanghaiDay(nowMs))
    if (resident.ok) return resident.value
    problem(field, ID_PROBLEMS[resident.problem])
    return undefined
  }
  const other = parseOtherDocument(idType, idNumber)
  if (other.ok) return { number: other.value }
  problem(field, ID_PROBLEMS[other.problem])
  return undefined
}

/** Checks a guardian; field names are `guardian.…`. */
export function checkGuardian(guardian: GuardianInput, problem: Tell, nowMs: number): GuardianInput {
  checkNameField(guardian.name, 'guardian.name', problem)
  const document = checkDocument(guardian, 'guardian.idNumber', problem, nowMs)
  checkPhone(guardian.phone, 'guardian.phone', problem)
  return {
    ...guardian,
    name: normaliseName(guardian.name),
    idNumber: document?.number ?? guardian.idNumber,
    phone: guardian.phone.trim(),
  }
}
