import fc from 'fast-check'
import { expect, test } from 'vitest'
import { booleanOf, membersOf, numberOf, textOf } from './read-members.ts'

test('texts: the first that is not blank, numbers too, the misspelt small L too', () => {
  expect(textOf({ a: ' ', b: 'x' }, 'a', 'b')).toBe('x')
  expect(textOf({ a: 7 }, 'a')).toBe('7')
  expect(textOf({ appld: 'x' }, 'appId')).toBe('x')
  expect(textOf({ openld: 'x' }, 'openId')).toBe('x')
  expect(textOf({ healthCardld: 'x', healthCardId: '' }, 'healthCardId')).toBe('x')
  expect(textOf({ a: {}, b: null, c: true }, 'a', 'b', 'c')).toBeUndefined()
})

test('an ID number that came as a JSON number has lost digits and is not taken', () => {
  expect(textOf(JSON.parse('{"idNumber":330102199001012217}'), 'idNumber')).toBeUndefined()
})

test('numbers and booleans come in several forms', () => {
  expect(numberOf({ a: '7200' }, 'a')).toBe(7200)
  expect(numberOf({ b: 3 }, 'a', 'b')).toBe(3)
  expect(numberOf({ a: '' }, 'a')).toBeUndefined()
  expect(numberOf({ a: 'x' }, 'a')).toBeUndefined()
  expect([true, 'true', 'TRUE', 1, '1'].map((a) => booleanOf({ a }, 'a'))).toEqual(Array(5).fill(true))
  expect([false, 'false', 0, '0'].map((a) => booleanOf({ a }, 'a'))).toEqual(Array(4).fill(false))
  expect(['', null, 'yes', 2, undefined].map((a) => booleanOf({ a }, 'a'))).toEqual(Array(5).fill(undefined))
})

test('no value whatever makes a reader throw', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'ald', 'aId'), fc.jsonValue()), (members) => {
      textOf(members, 'a', 'aId')
      numberOf(members, 'a')
      booleanOf(members, 'a')
      membersOf(members['a'])
    }),
    { seed: 20261123, numRuns: 300 },
  )
})
