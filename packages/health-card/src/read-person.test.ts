import { expect, test } from 'vitest'
import { cardOf, idTypeOf, personOf } from './read-person.ts'
import { CARD, LI } from './testing/people.ts'

test('a card with all its members', () => {
  expect(cardOf({ ...CARD, verifyStatus: 'true', patid: 1007 })).toMatchObject({
    ...CARD,
    verifyStatus: true,
    patid: '1007',
    phone2: undefined,
  })
})

test('older names, a card as JSON text, the small L', () => {
  const { idNumber, idType, healthCardId, ...rest } = CARD
  const old = { ...rest, idCard: idNumber, cardType: idType, healthCardld: healthCardId }
  expect(cardOf(JSON.stringify(old))).toMatchObject({ idNumber, idType, healthCardId })
})

test("what is missing comes from adminExt, the province's JSON text; its qr_code does not", () => {
  const adminExt = JSON.stringify({
    ...{ name: LI.name, id_number: 'H12345678', id_type: '港澳居民来往内地通行证', qr_code: 'other' },
    ...{ sex: '男', telephone: LI.phone1, nation: '汉族', birthday: '1990-01-01', address: LI.address },
  })
  expect(cardOf({ qrCodeText: 'q', adminExt, name: '' })).toMatchObject({
    ...{ name: LI.name, idNumber: 'H12345678', idType: '06', gender: '男', phone1: LI.phone1 },
    ...{ nation: '汉族', birthday: '1990-01-01', address: LI.address },
  })
  expect(cardOf({ adminExt })).toBeUndefined()
  expect(cardOf({ ...CARD, adminExt: 'no JSON' })).toMatchObject({ name: LI.name })
})

test('without name, number or QR text there is no card', () => {
  for (const missing of ['name', 'idNumber', 'qrCodeText'])
    expect(cardOf({ ...CARD, [missing]: '' })).toBeUndefined()
  for (const nothing of [undefined, null, '', 'x', [], 5]) expect(cardOf(nothing)).toBeUndefined()
})

test('a type that was not told is 01 only for a valid resident ID number', () => {
  expect(idTypeOf(undefined, LI.idNumber)).toBe('01')
  // Residence permits of Hong Kong and Taiwan people, a foreigner's card, a passport, a wrong check character.
  for (const number of ['810000199001010019', '912345199001010013', 'E12345678', '330102199001012211'])
    expect(idTypeOf(undefined, number)).toBeUndefined()
  expect(personOf({ name: LI.name, idNumber: 'E12345678' })?.idType).toBe('')
})

test('a type told as one digit or as a Chinese name is the two-digit code', () => {
  expect(idTypeOf('1', '')).toBe('01')
  expect(idTypeOf('居民身份证', '')).toBe('01')
  expect(idTypeOf('护照', '')).toBe('03')
  expect(idTypeOf('12', '')).toBe('12')
})
