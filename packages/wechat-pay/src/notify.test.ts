import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'
import { NOTIFY_ACCEPTED, openNotification, refuseNotification } from './notify.ts'
import { PAYMENT_ANSWER, REFUND_ANSWER, TRANSFER_QUERIED } from './testing/examples.ts'
import { API_V3_KEY, PLATFORM, PUBLIC_KEY_ID, sealResource, signAsPlatform } from './testing/platform-keys.ts'

const NOW = Date.parse('2026-11-23T09:00:00+08:00')
const ring = () => createKeyRing({ publicKeys: [{ id: PUBLIC_KEY_ID, pem: PLATFORM.publicKeyPem }] })

function envelopeOf(event_type: string, resource: unknown, key = API_V3_KEY) {
  const sealed = sealResource(JSON.stringify(resource), 'mch_payment', key)
  return {
    id: 'EV-2018022511223320873',
    create_time: '2026-11-23T09:00:00+08:00',
    event_type,
    resource_type: 'encrypt-resource',
    resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'mch_payment', ...sealed },
  }
}

function open(envelope: unknown, headers: Readonly<Record<string, string>> = {}, keys = ring()) {
  const rawBody = Buffer.from(JSON.stringify(envelope))
  const signed = { ...signAsPlatform(rawBody, NOW), ...headers }
  return openNotification({ headers: signed, rawBody }, keys, API_V3_KEY, NOW)
}

test('a transfer, a refund and a payment arrive decrypted and typed', () => {
  expect(open(envelopeOf('MCHTRANSFER.BILL.FINISHED', TRANSFER_QUERIED))).toMatchObject({
    ok: true,
    id: 'EV-2018022511223320873',
    createTimeMs: NOW,
    event: { kind: 'transfer', transfer: { state: 'SUCCESS', amountFen: 12_345 } },
  })
  const { status, ...refund } = REFUND_ANSWER
  const refunded = { ...refund, mchid: '1900000001', refund_status: 'ABNORMAL' }
  expect(open(envelopeOf('REFUND.ABNORMAL', refunded))).toMatchObject({
    event: { kind: 'refund', refund: { status: 'ABNORMAL', refundFen: 2000, mchid: '1900000001' } },
  })
  expect(open(envelopeOf('TRANSACTION.SUCCESS', PAYMENT_ANSWER))).toMatchObject({
    event: { kind: 'payment', payment: { tradeState: 'SUCCESS', totalFen: 5000 } },
  })
})

test('an event that is not known is kept', () => {
  expect(open(envelopeOf('COUPON.USE', { coupon: 1 }))).toMatchObject({
    ok: true,
    eventType: 'COUPON.USE',
    event: { kind: 'unrecognised', resource: { coupon: 1 } },
  })
})

test('a probe is refused and counted apart; the genuine one follows', () => {
  const keys = ring()
  const envelope = envelopeOf('TRANSACTION.SUCCESS', PAYMENT_ANSWER)
  const probe = { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' }
  expect(open(envelope, probe, keys)).toEqual({ ok: false, why: 'probe' })
  expect(keys.counters).toEqual({ probes: 1, failures: 0 })
  expect(open(envelope, {}, keys).ok).toBe(true)
})

test('what is sealed for another merchant, or is not what it says, is refused', () => {
  const other = envelopeOf('TRANSACTION.SUCCESS', PAYMENT_ANSWER, 'x'.repeat(32))
  expect(open(other)).toEqual({ ok: false, why: 'ciphertext' })
  expect(open(envelopeOf('TRANSACTION.SUCCESS', { ...PAYMENT_ANSWER, transaction_id: null }))).toEqual({
    ok: false,
    why: 'malformed',
  })
  expect(open(envelopeOf('MCHTRANSFER.BILL.FINISHED', PAYMENT_ANSWER))).toEqual({
    ok: false,
    why: 'malformed',
  })
})

test('the answers to send', () => {
  expect(NOTIFY_ACCEPTED).toEqual({ status: 204, body: undefined })
  expect(refuseNotification('probe')).toEqual({ status: 401, body: { code: 'FAIL', message: 'probe' } })
  expect(refuseNotification('not-stored').status).toBe(500)
})

test('signed garbage of any kind is refused, never thrown', () => {
  const good = envelopeOf('TRANSACTION.SUCCESS', PAYMENT_ANSWER)
  const envelope = fc.oneof(
    fc.jsonValue(),
    fc.record({ id: fc.jsonValue(), event_type: fc.jsonValue(), resource: fc.jsonValue() }),
    fc
      .dictionary(fc.constantFrom('algorithm', 'ciphertext', 'nonce', 'associated_data'), fc.jsonValue())
      .map((part) => ({
        ...good,
        resource: { ...good.resource, ...part },
      })),
  )
  fc.assert(
    fc.property(envelope, (value) => {
      const opened = open(value ?? null)
      if (!opened.ok) expect(['malformed', 'ciphertext']).toContain(opened.why)
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('a body beyond a megabyte is not even looked at', () => {
  const rawBody = new Uint8Array(1024 * 1024 + 1)
  expect(openNotification({ headers: {}, rawBody }, ring(), API_V3_KEY, NOW)).toEqual({
    ok: false,
    why: 'malformed',
  })
})
