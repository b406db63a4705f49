import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Cipher } from '../platform/crypto/cipher.ts'
import { openRecordKey, sealRecordKey } from './record-key.ts'

const CIPHER = new Cipher('ab'.repeat(32))
const SCOPE = { hospitalId: 'demo', userId: 'user_1', patientId: 'patient_1', patid: 'P1', kind: 'lab' }
const SEED = { seed: 20_261_123 }

test('opens for whom it was made, and shows nothing of the number', () => {
  const key = sealRecordKey(CIPHER, SCOPE, 'BG-1-1')
  expect(key).toMatch(/^[\w-]+$/)
  expect(key).not.toContain('BG-1')
  expect(openRecordKey(CIPHER, SCOPE, key)).toBe('BG-1-1')
})

test.each([
  { hospitalId: 'other' },
  { userId: 'user_2' },
  { patientId: 'patient_2' },
  { patid: 'P2' },
  { kind: 'examination' },
])('does not open with %o', (other) => {
  expect(
    openRecordKey(CIPHER, { ...SCOPE, ...other }, sealRecordKey(CIPHER, SCOPE, 'BG-1-1')),
  ).toBeUndefined()
})

test('property: a guessed key opens nothing, an altered one neither', () => {
  const key = Buffer.from(sealRecordKey(CIPHER, SCOPE, 'BG-1-1'), 'base64url')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(openRecordKey(CIPHER, SCOPE, Buffer.from(bytes).toString('base64url'))).toBeUndefined()
    }),
    SEED,
  )
  fc.assert(
    fc.property(fc.nat(key.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const altered = Buffer.from(key)
      altered[at] = (altered[at] ?? 0) ^ change
      expect(openRecordKey(CIPHER, SCOPE, altered.toString('base64url'))).toBeUndefined()
    }),
    SEED,
  )
  for (const text of ['', '../../etc', '1', 'BG-1-1', '患者'])
    expect(openRecordKey(CIPHER, SCOPE, text)).toBeUndefined()
})
