import {
  checkName,
  isMobileNumber,
  isNonResidentPrefix,
  normaliseName,
  parseOtherDocument,
  parseResidentId,
  shanghaiDay,
} from '@zhangyi/core'
import { badInput, type FieldProblem } from '../../platform/errors/catalogue.ts'
import type { Applicant, ApplicationPatient } from './offline-row.ts'
import type { ApplicationInput } from './offline-views.ts'

export interface CheckedApplication {
  readonly applicant: Applicant
  readonly patient: ApplicationPatient
  readonly note: string | null
}

// An elder's or a foreigner's number may be no mobile number of the mainland.
const OTHER_PHONE = /^\+?\d[\d -]{5,18}\d$/
const CARD_NUMBER = /^[A-Z0-9-]{1,40}$/

type Tell = (field: string, message: string) => void

/**
 * What a person typed, in normal form; throws one `bad-input` that names every wrong field and never echoes what was
 * typed. Numbers must be right to the check digit: by them a clerk finds the money.
 */
export function checkApplication(input: ApplicationInput, nowMs: number): CheckedApplication {
  const problems: FieldProblem[] = []
  const problem: Tell = (field, message) => void problems.push({ field, message })
  const idOfPatient = input.patient.idNumber?.trim() || null
  const card = input.patient.cardNumber?.replace(/\s/g, '').normalize('NFKC').toUpperCase() || null
  if (idOfPatient === null && card === null)
    problem('patient.idNumber', '请填写患者的证件号码或就诊卡号，至少一项')
  if (card !== null && !CARD_NUMBER.test(card)) problem('patient.cardNumber', '就诊卡号里有不能使用的字符')
  const checked = {
    applicant: {
      name: nameOf(input.applicant.name, 'applicant.name', problem),
      idNumber: idNumberOf(input.applicant.idNumber, 'applicant.idNumber', problem, nowMs),
      phone: phoneOf(input.applicant.phone, problem),
      relation: lineOf(input.applicant.relation, 'applicant.relation', problem),
    },
    patient: {
      name: nameOf(input.patient.name, 'patient.name', problem),
      idNumber: idOfPatient && idNumberOf(idOfPatient, 'patient.idNumber', problem, nowMs),
      cardNumber: card,
    },
    note: textOf(input.note, problem),
  }
  if (problems.length > 0) throw badInput(...problems)
  return checked
}

function nameOf(name: string, field: string, problem: Tell): string {
  const wrong = checkName(name)
  if (wrong === 'empty') problem(field, '请填写姓名')
  else if (wrong === 'too-short') problem(field, '姓名至少两个字')
  else if (wrong) problem(field, '姓名里有不能使用的字符，请按证件填写（中间的点请用“·”）')
  return normaliseName(name)
}

/** A resident ID in its 18-digit form; any other document in capitals without blanks. */
function idNumberOf(text: string, field: string, problem: Tell, nowMs: number): string {
  const plain = text.replace(/\s/g, '').normalize('NFKC').toUpperCase()
  const looksResident = /^(\d{17}[\dX]|\d{15})$/.test(plain) && !isNonResidentPrefix(plain)
  if (!looksResident) {
    const other = parseOtherDocument('99', plain)
    if (other.ok) return other.value
    problem(field, plain === '' ? '请填写证件号码' : '证件号码里有不能使用的字符，请对照证件检查')
    return plain
  }
  const resident = parseResidentId(plain, shanghaiDay(nowMs))
  if (resident.ok) return resident.value.number
  problem(field, '证件号码不正确，可能有一位输错了，请对照证件检查')
  return plain
}

function phoneOf(text: string, problem: Tell): string {
  const phone = text.trim()
  if (phone === '') problem('applicant.phone', '请填写联系电话')
  else if (!isMobileNumber(phone) && !OTHER_PHONE.test(phone))
    problem('applicant.phone', '联系电话不正确，请检查')
  return phone
}

function lineOf(text: string, field: string, problem: Tell): string {
  const line = text.trim()
  if (line === '') problem(field, '请填写与患者的关系')
  else if (/\p{C}/u.test(line)) problem(field, '里面有不能使用的字符，请写成一行')
  return line
}

function textOf(text: string, problem: Tell): string | null {
  const note = text.replace(/\r\n?/g, '\n').trim()
  if (/[^\P{C}\n]/u.test(note)) problem('note', '说明里有不能使用的字符')
  return note || null
}
