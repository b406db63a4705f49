import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueProblem, valueTypeOf } from './value-types.ts'

const GOOD: readonly (readonly [string, string])[] = [
  ['thing1', '您的退款已提交，请留意到账😀'],
  ['short_thing2', '已退款'],
  ['character_string3', 'ZY-20261123/0001'],
  ['number4', '12.50'],
  ['letter5', 'ABC'],
  ['symbol6', '※#'],
  ['phrase7', '已受理'],
  ['name8', '李*华'],
  ['name8', 'John Smith'],
  ['time9', '2026年11月23日 09:30'],
  ['time9', '09:30~10:00'],
  ['date10', '2026-11-23'],
  ['date10', '2026年11月23日~2026年11月25日'],
  ['date10', '11月23日'],
  ['date10', '2026/11/23 09:30:00'],
  ['amount11', '¥1234.56元'],
  ['amount11', '0.10'],
  ['phone_number12', '+86-0571-00000000'],
  ['car_number13', '浙A12345'],
  ['car_number13', '浙AD12345'],
  ['const14', '退费成功'],
  ['enum15', '退费成功'],
]

const BAD: readonly (readonly [string, string])[] = [
  ['thing1', '一'.repeat(21)],
  ['thing1', '  '],
  ['short_thing2', '退款已经提交'],
  ['character_string3', '卡号0001'],
  ['character_string3', 'x'.repeat(33)],
  ['number4', '12元'],
  ['letter5', 'A1'],
  ['symbol6', '######'],
  ['phrase7', '已受理a'],
  ['name8', '一二三四五六七八九十一'],
  ['name8', '李4'],
  ['time9', '2026-11-23'],
  ['date10', '23日'],
  ['time9', '2026年11月23日'],
  ['amount11', '12345678901'],
  ['amount11', '约12元'],
  ['phone_number12', '电话0571'],
  ['car_number13', '浙A1234567'],
  ['const14', '别的值'],
  ['enum15', '别的值'],
  ['first', '您好'],
]

test.each(GOOD)('%s takes %j', (key, value) => {
  expect(valueProblem(key, value, ['退费成功'])).toBeUndefined()
})

test.each(BAD)('%s refuses %j', (key, value) => {
  expect(valueProblem(key, value, ['退费成功'])).toEqual(expect.any(String))
})

test('no type takes an empty text or one of more than 50 characters', () => {
  const keys = [...new Set(GOOD.map(([key]) => key))]
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.string({ minLength: 51, maxLength: 80, unit: 'grapheme' }),
      (key, text) => {
        expect(valueProblem(key, '')).toBeDefined()
        expect(valueProblem(key, text, [text])).toBeDefined()
      },
    ),
    { seed: 20261123, numRuns: 100 },
  )
})

test('the type is the key without its number', () => {
  expect(['thing12', 'phone_number3', 'remark', 'thing1x'].map(valueTypeOf)).toEqual([
    ...['thing', 'phone_number', undefined, undefined],
  ])
})
