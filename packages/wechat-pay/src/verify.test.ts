import { MINUTE_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'
import { CERTIFICATE_SERIAL, PLATFORM, PUBLIC_KEY_ID, signAsPlatform } from './testing/platform-keys.ts'
import { verifySigned } from './verify.ts'

const NOW = Date.parse('2026-11-23T09:00:00+08:00')
const newRing = () =>
  createKeyRing({
    platformCertificates: [PLATFORM.certificatePem],
    publicKeys: [{ id: PUBLIC_KEY_ID, pem: PLATFORM.publicKeyPem }],
  })
const rawBody = Buffer.from('{"状态":"SUCCESS"}')

test.each([PUBLIC_KEY_ID, CERTIFICATE_SERIAL, CERTIFICATE_SERIAL.toLowerCase()])(
  'during the switch-over both kinds of key verify: %s',
  (serial) => {
    expect(verifySigned({ headers: signAsPlatform(rawBody, NOW, serial), rawBody }, newRing(), NOW)).toEqual({
      ok: true,
    })
  },
)

test('header names are case-insensitive, in plain objects and in Headers', () => {
  const headers = signAsPlatform(rawBody, NOW)
  const shouting = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  )
  expect(verifySigned({ headers: shouting, rawBody }, newRing(), NOW).ok).toBe(true)
  expect(verifySigned({ headers: new Headers(headers), rawBody }, newRing(), NOW).ok).toBe(true)
})

test('any bytes verify, and with one bit changed they do not', () => {
  const ring = newRing()
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 })
  fc.assert(
    fc.property(bytes, fc.nat(), (body, at) => {
      const headers = signAsPlatform(body, NOW)
      expect(verifySigned({ headers, rawBody: body }, ring, NOW).ok).toBe(true)
      const changed = Uint8Array.from(body)
      const index = at % changed.length
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(verifySigned({ headers, rawBody: changed }, ring, NOW)).toEqual({ ok: false, why: 'signature' })
    }),
    { seed: 20261123, numRuns: 50 },
  )
})

test('re-written JSON does not verify: only the raw bytes do', () => {
  const spaced = Buffer.from('{ "a": 1 }')
  const headers = signAsPlatform(spaced, NOW)
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(spaced.toString())))
  expect(verifySigned({ headers, rawBody: rewritten }, newRing(), NOW).ok).toBe(false)
})

test('a stamp more than five minutes away is refused, old and future alike', () => {
  const headers = signAsPlatform(rawBody, NOW)
  const at = (nowMs: number) => verifySigned({ headers, rawBody }, newRing(), nowMs)
  expect(at(NOW + 5 * MINUTE_MS).ok).toBe(true)
  expect(at(NOW - 5 * MINUTE_MS).ok).toBe(true)
  expect(at(NOW + 5 * MINUTE_MS + 1)).toEqual({ ok: false, why: 'clock' })
  expect(at(NOW - 5 * MINUTE_MS - 1)).toEqual({ ok: false, why: 'clock' })
  const odd = { ...headers, 'wechatpay-timestamp': '1e9' }
  expect(verifySigned({ headers: odd, rawBody }, newRing(), NOW)).toEqual({ ok: false, why: 'clock' })
})

test('a probe fails, and is counted apart from real failures', () => {
  const ring = newRing()
  const probe = { ...signAsPlatform(rawBody, NOW), 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' }
  expect(verifySigned({ headers: probe, rawBody }, ring, NOW)).toEqual({ ok: false, why: 'probe' })
  expect(ring.counters).toEqual({ probes: 1, failures: 0 })
  const unknown = { ...probe, 'wechatpay-signature': 'abc', 'wechatpay-serial': 'FFFF' }
  expect(verifySigned({ headers: unknown, rawBody }, ring, NOW)).toEqual({ ok: false, why: 'unknown-serial' })
  expect(ring.counters).toEqual({ probes: 1, failures: 1 })
})

test.each(['timestamp', 'nonce', 'serial', 'signature'])(
  'without Wechatpay-%s nothing is believed',
  (name) => {
    const { [`wechatpay-${name}`]: _, ...headers } = signAsPlatform(rawBody, NOW) as Record<string, string>
    expect(verifySigned({ headers, rawBody }, newRing(), NOW)).toEqual({ ok: false, why: 'missing-header' })
  },
)

test('whatever headers arrive, nothing throws and nothing passes', () => {
  const names = ['timestamp', 'nonce', 'serial', 'signature'].map((name) => `wechatpay-${name}`)
  const value = fc.oneof(fc.string(), fc.constant(PUBLIC_KEY_ID), fc.constant(String(NOW / 1000)))
  const headers = fc.tuple(value, value, value, value)
  fc.assert(
    fc.property(headers, fc.uint8Array(), (values, body) => {
      const made = Object.fromEntries(names.map((name, index) => [name, values[index]]))
      expect(verifySigned({ headers: made, rawBody: body }, newRing(), NOW).ok).toBe(false)
    }),
    { seed: 20261123, numRuns: 100 },
  )
})
