import { ID_TYPES, parseResidentId } from '@zhangyi/core'
import { booleanOf, type Members, membersOf, textOf } from './read-members.ts'
import type { HealthCard, RegisteredPerson } from './types.ts'

/**
 * Undefined unless the platform named a person: name and document number. What is missing is looked up in
 * `adminExt`, the province's own view of the card.
 */
export function personOf(members: Members): RegisteredPerson | undefined {
  const province = membersOf(members['adminExt']) ?? {}
  const name = textOf(members, 'name') ?? textOf(province, 'name')
  const idNumber = textOf(members, 'idNumber', 'idCard') ?? textOf(province, 'id_number')
  if (name === undefined || idNumber === undefined) return undefined
  return {
    name,
    idNumber,
    idType: idTypeOf(textOf(members, 'idType', 'cardType') ?? textOf(province, 'id_type'), idNumber) ?? '',
    gender: textOf(members, 'gender') ?? textOf(province, 'sex') ?? '',
    nation: textOf(members, 'nation') ?? textOf(province, 'nation'),
    birthday: textOf(members, 'birthday') ?? textOf(province, 'birthday'),
    address: textOf(members, 'address') ?? textOf(province, 'address'),
    phone1: textOf(members, 'phone1', 'phone') ?? textOf(province, 'telephone'),
    phone2: textOf(members, 'phone2'),
    patid: textOf(members, 'patid'),
    verifyStatus: booleanOf(members, 'verifyStatus'),
  }
}

/** A card is of no use without its QR text; the province's `qr_code` is another thing and does not stand in for it. */
export function cardOf(value: unknown): HealthCard | undefined {
  const members = membersOf(value) ?? {}
  const person = personOf(members)
  const qrCodeText = textOf(members, 'qrCodeText')
  if (!person || qrCodeText === undefined) return undefined
  return {
    ...person,
    qrCodeText,
    healthCardId: textOf(members, 'healthCardId'),
    phid: textOf(members, 'phid'),
  }
}

const CODE_OF_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ID_TYPES).map(([code, zh]) => [zh, code] as const),
  ['身份证', '01'],
])

// Any day later than all birthdays: whether a birthday lies in the future is not the question here.
const LATE_DAY = '9999-12-31'

/**
 * The two-digit document type; also understands `1` and the Chinese name. A type that was not told is 01 only if the
 * number is a valid resident ID number: nothing else may ever be submitted as one.
 */
export function idTypeOf(told: string | undefined, idNumber: string): string | undefined {
  if (told !== undefined) return /^\d$/.test(told) ? `0${told}` : (CODE_OF_NAME.get(told) ?? told)
  return parseResidentId(idNumber, LATE_DAY).ok ? '01' : undefined
}
