import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { chooseKey } from './choose-key.ts'
import { WechatPayCryptoError } from './errors.ts'
import { createKeyRing, KeyRing } from './key-ring.ts'
import { CERTIFICATE_SERIAL, PLATFORM, PUBLIC_KEY_ID } from './testing/platform-keys.ts'

test('a certificate is kept under the serial written in it, with its end', () => {
  const entry = new KeyRing().addCertificate(PLATFORM.certificatePem)
  expect(entry).toMatchObject({ serial: CERTIFICATE_SERIAL, kind: 'certificate' })
  expect(new Date(entry.expiresAtMs ?? 0).getUTCFullYear()).toBe(2049)
})

test('sensitive fields go to the public key when there is one, else to the certificate, else nowhere', () => {
  const publicKeys = [{ id: PUBLIC_KEY_ID, pem: PLATFORM.publicKeyPem }]
  const platformCertificates = [PLATFORM.certificatePem]
  expect(chooseKey(createKeyRing({ platformCertificates, publicKeys }), undefined).serial).toBe(PUBLIC_KEY_ID)
  expect(chooseKey(createKeyRing({ platformCertificates }), undefined).serial).toBe(CERTIFICATE_SERIAL)
  expect(chooseKey(createKeyRing({ platformCertificates, publicKeys }), CERTIFICATE_SERIAL).kind).toBe(
    'certificate',
  )
  expect(() => chooseKey(new KeyRing(), undefined)).toThrow('no such key')
  expect(() => chooseKey(createKeyRing({ publicKeys }), 'FFFF')).toThrow('no such key')
})

test('what is no certificate, no public key or no strong RSA key is refused', () => {
  const ring = new KeyRing()
  const pem = (bits: number) =>
    generateKeyPairSync('rsa', { modulusLength: bits })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString()
  const curve = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  expect(() => ring.addCertificate('garbage')).toThrow(WechatPayCryptoError)
  expect(() => ring.addPublicKey({ id: PUBLIC_KEY_ID, pem: 'garbage' })).toThrow(WechatPayCryptoError)
  expect(() => ring.addPublicKey({ id: 'ABC', pem: PLATFORM.publicKeyPem })).toThrow(WechatPayCryptoError)
  expect(() => ring.addPublicKey({ id: PUBLIC_KEY_ID, pem: pem(1024) })).toThrow('2048')
  expect(() => ring.addPublicKey({ id: PUBLIC_KEY_ID, pem: curve })).toThrow('RSA')
  expect(ring.keys()).toEqual([])
})
