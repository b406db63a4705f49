import { inspect } from 'node:util'
import { sensitive } from '@zhangyi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cipher, CipherError } from './cipher.ts'

const seed = 20_261_123
const KEY = '0123456789abcdef'.repeat(4)
const cipher = new Cipher(KEY)
const texts = fc.string({ unit: 'binary', maxLength: 200 })

describe(`sealing (seed ${seed})`, () => {
  test('what was sealed opens again, and in its own context only', () => {
    fc.assert(
      fc.property(texts, texts, texts, (text, context, other) => {
        const sealed = cipher.seal(text, context)
        expect(cipher.open(sealed, context).reveal()).toBe(text)
        if (other !== context) expect(() => cipher.open(sealed, other)).toThrow(CipherError)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('one altered bit anywhere does not open', () => {
    const sealed = cipher.seal('李明华', 'patient.name')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (place, bit) => {
        const altered = Buffer.from(sealed)
        altered[place] = (altered[place] ?? 0) ^ (1 << bit)
        expect(() => cipher.open(altered, 'patient.name')).toThrow(CipherError)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('a value cut short or empty does not open', () => {
    const sealed = cipher.seal('李明华', 'x')
    for (let length = 0; length < sealed.length; length++)
      expect(() => cipher.open(sealed.subarray(0, length), 'x')).toThrow(CipherError)
  })

  test('another key does not open', () => {
    const other = new Cipher('f'.repeat(64))
    expect(() => other.open(cipher.seal('李明华', 'x'), 'x')).toThrow(CipherError)
  })

  test('the same value never looks the same, and never like itself', () => {
    const sealed = [1, 2].map(() => cipher.seal('李明华', 'x').toString('hex'))
    expect(sealed[0]).not.toBe(sealed[1])
    expect(sealed.join()).not.toContain(Buffer.from('李明华').toString('hex'))
  })

  test('what comes out is sensitive, and a failure does not tell the value', () => {
    expect(inspect(cipher.open(cipher.seal(sensitive('李明华'), 'x'), 'x'))).toBe('[已隐藏]')
    expect(() => cipher.open(cipher.seal('李明华', 'x'), 'y')).toThrow(/^(?!.*李明华)/)
  })
})

describe('blind indexes', () => {
  test(`are equal for equal values, and only under one purpose and one key (seed ${seed})`, () => {
    const other = new Cipher('f'.repeat(64))
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const index = cipher.blindIndex(left, 'id')
        expect(index.equals(new Cipher(KEY).blindIndex(sensitive(left), 'id'))).toBe(true)
        expect(index.equals(cipher.blindIndex(right, 'id'))).toBe(left === right)
        expect(index.equals(cipher.blindIndex(left, 'phone'))).toBe(false)
        expect(index.equals(other.blindIndex(left, 'id'))).toBe(false)
      }),
      { seed, numRuns: 200 },
    )
  })
})

test.each(['', 'abc', 'g'.repeat(64), '0'.repeat(63), '0'.repeat(65), `${'0'.repeat(64)}\n`])(
  '「%s」 is no master key',
  (key) => {
    expect(() => new Cipher(key)).toThrow('64 位十六进制')
  },
)
