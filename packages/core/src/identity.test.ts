import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkCharacter,
  ID_TYPES,
  isIdType,
  isMobileNumber,
  isNonResidentPrefix,
  isRealDate,
  parseResidentId,
  to15Digits,
} from './identity.ts'

const seed = 20_261_123
const TODAY = '2026-11-23'
const whole = (first17: string) => first17 + checkCharacter(first17)

describe('resident ID numbers (GB 11643)', () => {
  // The standard's own examples.
  test.each([
    ['11010519491231002X', '1949-12-31', '女'],
    ['440524188001010014', '1880-01-01', '男'],
  ])('%s is valid', (number, birthday, gender) => {
    expect(parseResidentId(number, TODAY)).toEqual({ ok: true, value: { number, birthday, gender } })
  })

  test.each([
    '11010519491231002x',
    ' 11010519491231002X ',
    '110105 19491231 002x',
    '110105\u3000194912310\u00a002X',
    '110105491231002',
  ])('「%s」 is taken as 11010519491231002X', (text) => {
    expect(parseResidentId(text, TODAY)).toMatchObject({ ok: true, value: { number: '11010519491231002X' } })
  })

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['1101051949123100', 'length'],
    ['11010519491231002XX', 'length'],
    ['1101051949123100２X', 'characters'],
    ['X1010519491231002X', 'characters'],
    ['11010549123100X', 'characters'],
    ['110105194912310021', 'checksum'],
    [whole('11010520260230001'), 'date'],
    [whole('11010520271301001'), 'date'],
    [whole('11010520230229001'), 'date'],
    [whole('11010519000229001'), 'date'],
    [whole('11010518491231001'), 'date'],
    ['110105490230002', 'date'],
    [whole('11010520261124001'), 'future'],
    [whole('81000019900101001'), 'not-resident'],
    [whole('82000019900101001'), 'not-resident'],
    [whole('83000019900101001'), 'not-resident'],
    [whole('91115619900101001'), 'not-resident'],
  ])('「%s」 is refused: %s', (text, problem) => {
    expect(parseResidentId(text, TODAY)).toEqual({ ok: false, problem })
  })

  test('a birthday of today and a leap day are real', () => {
    expect(parseResidentId(whole('11010520261123001'), TODAY).ok).toBe(true)
    expect(parseResidentId(whole('11010520240229001'), TODAY).ok).toBe(true)
    expect(parseResidentId(whole('11010520000229001'), TODAY).ok).toBe(true)
  })

  test('prefixes that look like a resident ID and are none', () => {
    expect(['81', ' 82', '83', '9'].every(isNonResidentPrefix)).toBe(true)
    expect(['84', '80', '71', '11'].some(isNonResidentPrefix)).toBe(false)
  })
})

describe(`properties (seed ${seed})`, () => {
  const birthdays = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const numbers = fc
    .record({
      area: fc.integer({ min: 110_000, max: 659_999 }),
      birthday: birthdays,
      order: fc.integer({ min: 1, max: 999 }),
    })
    .map(({ area, birthday, order }) =>
      whole(`${area}${birthday.replaceAll('-', '')}${String(order).padStart(3, '0')}`),
    )

  test('every number made by the rule is accepted, with its birthday and gender', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
        const gender = Number(number[16]) % 2 === 1 ? '男' : '女'
        expect(parseResidentId(number, TODAY)).toEqual({ ok: true, value: { number, birthday, gender } })
      }),
      { seed, numRuns: 500 },
    )
  })

  test('one changed digit is always caught', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        for (let place = 0; place < 18; place++)
          for (const other of place === 17 ? '0123456789X' : '0123456789')
            if (other !== number[place])
              expect(
                parseResidentId(number.slice(0, place) + other + number.slice(place + 1), TODAY).ok,
              ).toBe(false)
      }),
      { seed, numRuns: 50 },
    )
  })

  test('two neighbours in the wrong order are always caught', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 15 }), (number, place) => {
        const swapped = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2)
        if (swapped !== number) expect(parseResidentId(swapped, TODAY).ok).toBe(false)
      }),
      { seed, numRuns: 500 },
    )
  })

  test('the 15-digit form leads back to the 18-digit number, for people born in 19xx', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const short = to15Digits(number)
        if (number.slice(6, 8) !== '19') expect(short).toBeUndefined()
        else expect(parseResidentId(short ?? '', TODAY)).toMatchObject({ ok: true, value: { number } })
      }),
      { seed, numRuns: 500 },
    )
  })
})

test('real dates', () => {
  expect(['2024-02-29', '2000-02-29', '2026-12-31'].every(isRealDate)).toBe(true)
  expect(
    ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '', '20260101'].some(
      isRealDate,
    ),
  ).toBe(false)
})

test('document types', () => {
  expect(Object.keys(ID_TYPES).every(isIdType)).toBe(true)
  expect(['1', '09', '10', '14', '', 'constructor', '__proto__'].some(isIdType)).toBe(false)
})

test('mobile numbers', () => {
  expect(['13800000218', ' 19900000218 '].every(isMobileNumber)).toBe(true)
  expect(
    ['12800000218', '1380000021', '138000002180', '+8613800000218', '0571-88888888', ''].some(isMobileNumber),
  ).toBe(false)
})
