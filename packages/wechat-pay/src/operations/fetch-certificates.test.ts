import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyRing } from '../key-ring.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import { CERTIFICATE_SERIAL, PLATFORM, sealResource } from '../testing/platform-keys.ts'

const listOf = (serial_no = CERTIFICATE_SERIAL, associatedData = 'certificate') => ({
  data: [
    {
      serial_no,
      effective_time: '2025-01-01T08:00:00+08:00',
      expire_time: '2049-12-31T08:00:00+08:00',
      encrypt_certificate: {
        algorithm: 'AEAD_AES_256_GCM',
        ...sealResource(PLATFORM.certificatePem, associatedData),
      },
    },
  ],
})
const signedByCertificate = { 'wechatpay-serial': CERTIFICATE_SERIAL }
const empty = () => ({ keyRing: new KeyRing() })

test('the first list is verified with the certificate that it brings, and fills the ring', async () => {
  const { client } = fakeWechatPay(() => ({ json: listOf(), headers: signedByCertificate }), empty())
  expect(await client.fetchCertificates()).toMatchObject([
    { serial: CERTIFICATE_SERIAL, kind: 'certificate' },
  ])
  expect(client.ring.find(CERTIFICATE_SERIAL)).toBeDefined()
  // Now the ring verifies the next one.
  expect(await client.fetchCertificates()).toHaveLength(1)
})

test.each([
  ['a wrong signature', { json: listOf(), headers: signedByCertificate, signed: 'bad' as const }],
  ['a key that is in neither ring nor list', { json: listOf(), headers: { 'wechatpay-serial': 'FF' } }],
  ['another serial than the certificate says', { json: listOf('AA'), headers: signedByCertificate }],
  ['a resource sealed for another purpose', { json: listOf(undefined, 'x'), headers: signedByCertificate }],
  ['an empty list', { json: { data: [] }, headers: signedByCertificate }],
])('%s adds nothing to the ring', async (_, answer) => {
  const { client } = fakeWechatPay(() => answer, empty())
  await expect(client.fetchCertificates()).rejects.toMatchObject({ name: 'WechatPayError', kind: 'unknown' })
  expect(client.ring.keys()).toEqual([])
})

test('with a key that is known already, the list is verified before anything of it is opened', async () => {
  const { client } = fakeWechatPay(() => ({ json: { data: 'changed' }, signed: 'bad' }))
  await expect(client.fetchCertificates()).rejects.toMatchObject({ code: 'signature:signature' })
  expect(client.ring.counters).toEqual({ probes: 0, failures: 1 })
})

test('a merchant that has only the public key has no certificates', async () => {
  const { client } = fakeWechatPay(() => ({
    status: 404,
    json: { code: 'RESOURCE_NOT_EXISTS', message: '' },
  }))
  expect(await client.fetchCertificates()).toBe('none')
  const broken = fakeWechatPay(() => ({ status: 500, json: { code: 'RESOURCE_NOT_EXISTS' } }))
  await expect(broken.client.fetchCertificates()).rejects.toMatchObject({ httpStatus: 500 })
})

test('any list of garbage is a typed error', async () => {
  const entry = fc.record({ serial_no: fc.jsonValue(), encrypt_certificate: fc.jsonValue() })
  const list = fc.oneof(fc.jsonValue(), fc.record({ data: fc.oneof(fc.jsonValue(), fc.array(entry)) }))
  await fc.assert(
    fc.asyncProperty(list, async (json) => {
      const { client } = fakeWechatPay(() => ({ json: json ?? null, headers: signedByCertificate }), empty())
      await expect(client.fetchCertificates()).rejects.toMatchObject({ name: 'WechatPayError' })
    }),
    { seed: 20261123, numRuns: 60 },
  )
})
