import {
  type Checked,
  checkName,
  isMobileNumber,
  isNonResidentPrefix,
  normaliseName,
  parseOtherDocument,
  parseResidentId,
} from '@zhangyi/core'
import type { BalanceProblem } from './problems.ts'
import type { BalancePerson } from './sealed-person.ts'

/** Digits only, and as many as no passport or travel permit has: meant as a resident's number, whole or cut short. */
const LIKE_RESIDENT_ID = /^\d{11,}[\dX]?$/
// Of a passport the shortest.
const SHORTEST_DOCUMENT = 5

/** The normal form of what the HIS filed, and what is wrong with it. What is wrong stays as it was filed. */
export function judgePerson(
  filed: BalancePerson,
  todayIso: string,
): { readonly person: BalancePerson; readonly problems: readonly BalanceProblem[] } {
  const name = normaliseName(filed.name)
  const document = normalDocument(filed.idNumber, todayIso)
  const phone = filed.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  const problems: BalanceProblem[] = []
  const nameProblem = checkName(name)
  if (nameProblem) problems.push(nameProblem === 'empty' ? 'no-name' : 'bad-name')
  if (!document.ok) problems.push(document.problem)
  if (phone === '') problems.push('no-phone')
  else if (!isMobileNumber(phone)) problems.push('bad-phone')
  const idNumber = document.ok ? document.value : filed.idNumber.trim()
  return { person: { name, idNumber, phone, card: filed.card.replace(/\s/g, '') }, problems }
}

/** The form in which a document number is indexed, so that 15 and 18 digits find each other. */
export function normalDocument(text: string, todayIso: string): Checked<string, 'no-id' | 'bad-id'> {
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (number === '') return { ok: false, problem: 'no-id' }
  const likeResident = LIKE_RESIDENT_ID.test(number)
  if (likeResident && !isNonResidentPrefix(number)) {
    const resident = parseResidentId(number, todayIso)
    return resident.ok ? { ok: true, value: resident.value.number } : { ok: false, problem: 'bad-id' }
  }
  // Residence permits and residence cards of foreigners have check characters of their own.
  const other = parseOtherDocument(likeResident ? (number.startsWith('8') ? '17' : '15') : '99', number)
  return other.ok && number.length >= SHORTEST_DOCUMENT ? other : { ok: false, problem: 'bad-id' }
}
