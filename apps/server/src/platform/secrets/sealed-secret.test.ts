import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cipher } from '../crypto/cipher.ts'
import { isSealed, openSecret, SealError, sealSecret } from './sealed-secret.ts'

const seed = 20_261_129
const cipher = new Cipher('ab'.repeat(32))
const PEM = '-----BEGIN PRIVATE KEY-----\n密钥 key\n-----END PRIVATE KEY-----'

describe('a sealed key', () => {
  test(`comes back as it was, and is one line that tells nothing of it (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }), (secret) => {
        const sealed = sealSecret(cipher, secret)
        expect(sealed).toMatch(/^zhangyi-sealed:1:[\w-]+$/)
        expect(isSealed(sealed)).toBe(true)
        expect(openSecret(cipher, sealed)).toBe(secret)
      }),
      { seed, numRuns: 100 },
    )
    expect(openSecret(cipher, sealSecret(cipher, PEM))).toBe(PEM)
  })

  test('two times the same key are two texts: they do not tell that they are the same', () => {
    expect(sealSecret(cipher, PEM)).not.toBe(sealSecret(cipher, PEM))
  })

  test('opens under no other master key, and says which setting to look at', () => {
    const other = new Cipher('cd'.repeat(32))
    expect(() => openSecret(other, sealSecret(cipher, PEM))).toThrow(/ZHANGYI_DATA_KEY_FILE/)
  })

  test('with any letter changed, left out or added it does not open, and the error quotes nothing', () => {
    const sealed = sealSecret(cipher, 'hidden-word')
    const head = 'zhangyi-sealed:1:'.length
    const damaged = Array.from({ length: sealed.length - head }, (_, index) => {
      const place = head + index
      const letter = sealed[place] === 'A' ? 'B' : 'A'
      return [
        sealed.slice(0, place) + letter + sealed.slice(place + 1),
        sealed.slice(0, place) + sealed.slice(place + 1),
        `${sealed.slice(0, place)}\n${sealed.slice(place)}`,
        sealed.slice(0, place),
      ]
    }).flat()
    for (const text of damaged) {
      const thrown = attempt(() => openSecret(cipher, text))
      expect(thrown, text).toBeInstanceOf(SealError)
      expect((thrown as Error).message).not.toContain(text.slice(head, head + 8) || 'hidden-word')
    }
  })

  test('every bit of it counts', () => {
    const bytes = Buffer.from(
      sealSecret(cipher, 'hidden-word').slice('zhangyi-sealed:1:'.length),
      'base64url',
    )
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const text = `zhangyi-sealed:1:${changed.toString('base64url')}`
      expect(
        attempt(() => openSecret(cipher, text)),
        `bit ${bit}`,
      ).toBeInstanceOf(SealError)
    }
  })

  test('what was sealed for a table is no key, and a key is nothing for a table', () => {
    const name = cipher.seal('李明华', 'patient.name').toString('base64url')
    expect(() => openSecret(cipher, `zhangyi-sealed:1:${name}`)).toThrow(SealError)
    const key = Buffer.from(sealSecret(cipher, PEM).slice('zhangyi-sealed:1:'.length), 'base64url')
    expect(() => cipher.open(key, 'patient.name')).toThrow('does not open')
  })

  test('a later form of it asks for a later gateway', () => {
    expect(() => openSecret(cipher, 'zhangyi-sealed:2:AAAA')).toThrow('升级网关')
  })
})

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
