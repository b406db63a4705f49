import type { HealthCard, RegisteredPerson } from './types.ts'

type Members = Readonly<Record<string, unknown>>

/** A non-empty text; the portal misspells some names (`appld` for `appId`), so those are tried as well. */
export function textOf(members: Members, ...names: readonly string[]): string | undefined {
  for (const name of [...names, ...names.map((one) => one.replace('Id', 'ld'))]) {
    const value = members[name]
    if (typeof value === 'string' && value.trim() !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

export function numberOf(members: Members, name: string): number | undefined {
  const value = members[name]
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** true and false also arrive as texts and as 1 and 0. */
export function booleanOf(members: Members, name: string): boolean | undefined {
  const value = members[name]
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  if (value === false || value === 'false' || value === 0 || value === '0') return false
  return undefined
}

/** Undefined unless the platform named a person: name and document number. */
export function personOf(members: Members): RegisteredPerson | undefined {
  const name = textOf(members, 'name')
  const idNumber = textOf(members, 'idNumber', 'idCard')
  if (name === undefined || idNumber === undefined) return undefined
  return {
    name,
    idNumber,
    idType: textOf(members, 'idType', 'cardType') ?? '01',
    gender: textOf(members, 'gender') ?? '',
    nation: textOf(members, 'nation'),
    birthday: textOf(members, 'birthday'),
    address: textOf(members, 'address'),
    phone1: textOf(members, 'phone1'),
    phone2: textOf(members, 'phone2'),
    patid: textOf(members, 'patid'),
    verifyStatus: booleanOf(members, 'verifyStatus'),
  }
}

export function cardOf(members: Members): HealthCard | undefined {
  const person = personOf(members)
  const qrCodeText = textOf(members, 'qrCodeText')
  if (!person || !qrCodeText) return undefined
  return {
    ...person,
    qrCodeText,
    healthCardId: textOf(members, 'healthCardId'),
    phid: textOf(members, 'phid'),
  }
}

export function objectOf(members: Members, name: string): Members {
  const value = members[name]
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}
