import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from './make-certificate.ts'
import { newSerial } from './make-keys.ts'

test('a self-made certificate is read by X.509 code: serial, names, validity, key and its own signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  for (const expireMs of [Date.UTC(2031, 0, 1), Date.UTC(2051, 5, 1, 12, 30)]) {
    const serial = newSerial()
    const pem = makeCertificate({
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...{ serial, commonName: 'Tenpay.com sandbox CA', organisation: '掌医沙箱' },
      ...{ effectiveMs: Date.UTC(2026, 0, 1), expireMs },
    })
    const read = new X509Certificate(pem)
    expect(read.serialNumber).toBe(serial)
    expect(read.subject).toBe('O=掌医沙箱\nCN=Tenpay.com sandbox CA')
    expect(read.issuer).toBe(read.subject)
    expect(Date.parse(read.validFrom)).toBe(Date.UTC(2026, 0, 1))
    expect(Date.parse(read.validTo)).toBe(expireMs)
    expect(read.publicKey.equals(publicKey)).toBe(true)
    expect(read.verify(publicKey)).toBe(true)
  }
})
