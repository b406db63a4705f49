import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decryptResource, readApiV3Key } from './aead.ts'
import { WechatPayCryptoError } from './errors.ts'
import { API_V3_KEY, sealResource } from './testing/platform-keys.ts'

test('a published example of AEAD_AES_256_GCM', () => {
  const resource = {
    ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
    nonce: 'uluk4a9R25RW',
    associated_data: 'associatedData',
  }
  expect(decryptResource(resource, 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb').toString()).toBe('message')
})

test('a published example with a key of 16 bytes is refused: it would be AES-128', () => {
  const resource = {
    ciphertext: 'FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC',
    nonce: 'wCq51qZv4Yfg',
    associated_data: 'Dl56FrqWQJF1t9LtC3vEUsniZKvbqdR8',
  }
  expect(() => decryptResource(resource, 'testAPIv3Key0000')).toThrow(
    expect.objectContaining({ kind: 'key' }),
  )
})

test('what was sealed is opened; any change of it is noticed', () => {
  const key = readApiV3Key(API_V3_KEY)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.nat(), (plain, aad, at) => {
      const sealed = sealResource(plain, aad)
      expect(decryptResource(sealed, key).toString('utf8')).toBe(Buffer.from(plain).toString('utf8'))
      const bytes = Buffer.from(sealed.ciphertext, 'base64')
      const index = at % bytes.length
      bytes[index] = (bytes[index] ?? 0) ^ 1
      const refused = expect.objectContaining({ kind: 'ciphertext' })
      expect(() => decryptResource({ ...sealed, ciphertext: bytes.toString('base64') }, key)).toThrow(refused)
      expect(() => decryptResource({ ...sealed, associated_data: `${aad}x` }, key)).toThrow(refused)
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('garbage is refused with a typed error', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (ciphertext, nonce, associated_data) => {
      expect(() => decryptResource({ ciphertext, nonce, associated_data }, API_V3_KEY)).toThrow(
        WechatPayCryptoError,
      )
    }),
    { seed: 20261123, numRuns: 100 },
  )
})
