/** Identity documents, as the card platform numbers them (09–14 were never seen and are not offered). */
export const ID_TYPES = {
  '01': '居民身份证',
  '02': '居民户口簿',
  '03': '护照',
  '04': '军官证',
  '05': '驾驶证',
  '06': '港澳居民来往内地通行证',
  '07': '台湾居民来往内地通行证',
  '08': '出生医学证明',
  '15': '外国人永久居留身份证',
  '16': '新生儿证件',
  '17': '港澳台居民居住证',
  '99': '其他法定有效证件',
} as const

export type IdType = keyof typeof ID_TYPES

export function isIdType(text: string): text is IdType {
  return Object.hasOwn(ID_TYPES, text)
}

export type Gender = '男' | '女'

export interface ResidentId {
  /** Always the 18-digit form; a 15-digit number was completed with 19 and its check digit. */
  readonly number: string
  readonly birthday: string
  readonly gender: Gender
}

export type IdNumberProblem =
  | 'empty'
  | 'length'
  | 'characters'
  | 'date'
  | 'future'
  | 'checksum'
  | 'not-resident'

export type Checked<T, P extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P }

// GB 11643-1999: weights of the 17 digits and the check characters by the sum modulo 11.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** The check character of the first 17 digits of a resident ID number (GB 11643-1999). */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

/**
 * Numbers that look like a resident ID but are none: 81/82/83 (Hong Kong, Macao, Taiwan residence permits)
 * and 9… (permanent residence card of foreigners). They are never submitted as document type 01.
 */
export function isNonResidentPrefix(idNumber: string): boolean {
  return /^(8[123]|9)/.test(idNumber.trim())
}

/** Checks a resident ID number (18 or 15 digits): characters, real date not after `todayIso`, checksum. */
export function parseResidentId(text: string, todayIso: string): Checked<ResidentId, IdNumberProblem> {
  const number = text.replace(/\s/g, '').toUpperCase()
  if (number === '') return { ok: false, problem: 'empty' }
  if (number.length !== 18 && number.length !== 15) return { ok: false, problem: 'length' }
  if (!/^(\d{17}[\dX]|\d{15})$/.test(number)) return { ok: false, problem: 'characters' }
  if (isNonResidentPrefix(number)) return { ok: false, problem: 'not-resident' }
  const first17 = number.length === 18 ? number.slice(0, 17) : `${number.slice(0, 6)}19${number.slice(6)}`
  const birthday = `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`
  if (!isRealDate(birthday) || birthday < '1850-01-01') return { ok: false, problem: 'date' }
  if (birthday > todayIso) return { ok: false, problem: 'future' }
  const check = checkCharacter(first17)
  if (number.length === 18 && number[17] !== check) return { ok: false, problem: 'checksum' }
  return {
    ok: true,
    value: { number: first17 + check, birthday, gender: Number(first17[16]) % 2 === 1 ? '男' : '女' },
  }
}

/** The old 15-digit form of an 18-digit number, or undefined for people born outside 19xx. */
export function to15Digits(number18: string): string | undefined {
  return number18.slice(6, 8) === '19' ? number18.slice(0, 6) + number18.slice(8, 17) : undefined
}

export function isRealDate(iso: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (!match) return false
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === iso
}

const FORMS: Partial<Record<IdType, RegExp>> = {
  '03': /^[A-Z0-9]{5,17}$/,
  '06': /^[HM]\d{8}(\d{2})?$/,
  '07': /^(\d{8}|\d{10}[A-Z0-9]?)$/,
  '08': /^[A-Z]\d{9}$/,
  '15': /^([A-Z]{3}\d{12}|9\d{16}[\dX])$/,
  '17': /^8[123]\d{15}[\dX]$/,
}

/** Checks the number of a document that is not a resident ID card; returns its normal form. */
export function parseOtherDocument(idType: IdType, text: string): Checked<string, IdNumberProblem> {
  const number = text.replace(/\s/g, '').toUpperCase()
  if (number === '') return { ok: false, problem: 'empty' }
  if (!/^[A-Z0-9\-()（）号第字\p{Script=Han}]{3,30}$/u.test(number))
    return { ok: false, problem: 'characters' }
  const form = FORMS[idType]
  if (form && !form.test(number)) return { ok: false, problem: 'length' }
  if (
    (idType === '15' || idType === '17') &&
    /^\d{17}[\dX]$/.test(number) &&
    number[17] !== checkCharacter(number)
  )
    return { ok: false, problem: 'checksum' }
  return { ok: true, value: number }
}

/** Mobile numbers of mainland China: 11 digits, 13–19 in front. */
export function isMobileNumber(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text.trim())
}
