import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WechatPayCryptoError, WechatPayInputError } from './errors.ts'
import { decryptSensitive, encryptSensitive } from './oaep.ts'
import { MERCHANT, PLATFORM } from './testing/platform-keys.ts'

test('any text up to 214 bytes comes back; each encryption differs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      fc.pre(Buffer.byteLength(text) <= 214)
      const first = encryptSensitive(text, PLATFORM.publicKey)
      expect(decryptSensitive(first, PLATFORM.privateKey)).toBe(text)
      expect(encryptSensitive(text, PLATFORM.publicKey)).not.toBe(first)
    }),
    { seed: 20261123, numRuns: 30 },
  )
})

test('215 bytes are refused, counted in UTF-8', () => {
  expect(() => encryptSensitive('a'.repeat(214), PLATFORM.publicKey)).not.toThrow()
  expect(() => encryptSensitive('a'.repeat(215), PLATFORM.publicKey)).toThrow(WechatPayInputError)
  expect(() => encryptSensitive('王'.repeat(72), PLATFORM.publicKey)).toThrow(WechatPayInputError)
})

test('another key opens nothing, and says so without the text', () => {
  const sealed = encryptSensitive('张三', PLATFORM.publicKey)
  expect(() => decryptSensitive(sealed, MERCHANT.privateKey)).toThrow(WechatPayCryptoError)
  expect(() => decryptSensitive('garbage', MERCHANT.privateKey)).toThrow(WechatPayCryptoError)
})
