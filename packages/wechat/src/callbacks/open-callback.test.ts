import { type ManualClock, MINUTE_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callbackSettings, sealed } from '../testing/callback-settings.ts'
import { WechatCallbackError } from './callback-error.ts'
import { signatureOf } from './check-signature.ts'
import { encryptMessage } from './cipher.ts'
import { openCallback } from './open-callback.ts'

const seed = 20_261_123
const XML =
  '<xml>\n <FromUserName><![CDATA[openid-1]]></FromUserName>\n <CreateTime>1795395600</CreateTime>' +
  '<MsgID>2893480532489584641</MsgID><Status><![CDATA[failed:user block]]></Status></xml>'

test.each(['xml', 'json'] as const)(
  'a callback in %s opens, and an id of 19 digits stays whole',
  (format) => {
    const options = callbackSettings()
    const text = format === 'xml' ? XML : '{"FromUserName":"openid-1","MsgID":2893480532489584641}'
    const { query, body } = sealed(options, text, format)
    expect(openCallback(options, query, body)).toMatchObject({
      format,
      members: { FromUserName: 'openid-1', MsgID: '2893480532489584641' },
    })
  },
)

test('the signature is SHA-1 over the sorted parts', () => {
  const encrypted =
    'Q3stYC6hdFzMh9T8HCvyDJurXWZwqfFvUvCwl1qa/K6dKntGWsEDxg3WdnmcDy4MK1QtVDp0E4UpU2zh268txztN22Sd/rGoP/15ylScmLwmdrmyRLzS9ZvFBVP2213X'
  expect(signatureOf('token-of-callback', '1795395600', 'nonce1', encrypted)).toBe(
    '941505147de37b99764dc5f1f90be45fa3afa75e',
  )
})

describe('refused', () => {
  const problemOf = (bend: (parts: ReturnType<typeof sealed>) => object, more = {}) => {
    const options = callbackSettings()
    const parts = sealed(options, XML)
    const { query, body } = { ...parts, ...bend(parts) }
    try {
      openCallback({ ...options, ...more }, query, body)
    } catch (error) {
      if (error instanceof WechatCallbackError) return error.problem
      throw error
    }
    return undefined
  }

  test('every part that was signed', () => {
    expect(problemOf(() => ({}))).toBeUndefined()
    for (const [member, value] of Object.entries({
      msg_signature: 'f'.repeat(40),
      nonce: 'nonce2',
      timestamp: '1795395601',
    }))
      expect(problemOf(({ query }) => ({ query: { ...query, [member]: value } }))).toBe('signature')
    const swapped = (text: string) =>
      text.replace(/CDATA\[([A-Za-z0-9+/]{2})(?=[A-Za-z0-9+/]{30})/, 'CDATA[AAA')
    expect(problemOf(({ body }) => ({ body: swapped(body) }))).toBe('signature')
    expect(problemOf(() => ({}), { token: 'other' })).toBe('signature')
  })

  test.each([undefined, '', 'F'.repeat(40), 'é'.repeat(40), ['a'.repeat(40)], 7])(
    'a signature that is none: %o',
    (msg_signature) => {
      expect(problemOf(({ query }) => ({ query: { ...query, msg_signature } }))).toBe('signature')
    },
  )

  test.each([
    { timestamp: undefined },
    { timestamp: '1e9' },
    { nonce: undefined },
    { nonce: ['a', 'b'] },
    { nonce: 'n'.repeat(129) },
  ])('a query that is none: %j', (more) => {
    expect(problemOf(({ query }) => ({ query: { ...query, ...more } }))).toBe('malformed')
  })

  test('a replay: a timestamp more than ten minutes from our clock, before or after', () => {
    for (const [minutes, problem] of [
      [10, undefined],
      [11, 'stale'],
      [-11, 'stale'],
    ] as const) {
      const options = callbackSettings()
      const { query, body } = sealed(options, XML)
      const clock = options.clock as ManualClock
      clock.advance(minutes * MINUTE_MS)
      const open = () => openCallback(options, query, body)
      if (problem) expect(open).toThrow(`callback refused: ${problem}`)
      else expect(open).not.toThrow()
    }
  })

  test('plain mode, another appid, more than 256 KiB', () => {
    expect(problemOf(() => ({ body: XML }))).toBe('not-encrypted')
    expect(problemOf(() => ({ body: '{"MsgID":1}' }))).toBe('not-encrypted')
    expect(problemOf(() => ({}), { appid: 'wxd000000000000002' })).toBe('appid')
    expect(problemOf(() => ({ body: ' '.repeat(256 * 1024 + 1) }))).toBe('too-large')
  })

  test('two Encrypt members, or one that is no text', () => {
    expect(problemOf(() => ({ body: '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>' }))).toBe(
      'not-encrypted',
    )
    expect(problemOf(() => ({ body: '{"Encrypt":{"a":1}}' }))).toBe('not-encrypted')
  })

  test('signed and encrypted, and still no document', () => {
    const options = callbackSettings()
    const encrypted = encryptMessage(options, 'neither')
    const { query } = sealed(options, XML)
    const timestamp = String(query.timestamp)
    const msg_signature = signatureOf(options.token, timestamp, 'nonce1', encrypted)
    expect(() =>
      openCallback(options, { ...query, msg_signature }, JSON.stringify({ Encrypt: encrypted })),
    ).toThrow('malformed')
  })
})

test(`garbage gives the typed error and no other (seed ${seed})`, () => {
  const options = callbackSettings()
  const pieces = fc.constantFrom(
    ...[
      '<xml>',
      '</xml>',
      '<Encrypt>',
      '</Encrypt>',
      '<![CDATA[',
      ']]>',
      '<!DOCTYPE x>',
      '&lt;',
      '<a b="c">',
    ],
    ...['{', '}', '"Encrypt":', '"a"', ':', ',', '[', ']', '\u0000', '<', '>', ' ', '李', '__proto__'],
  )
  const bodies = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: pieces, maxLength: 30 }))
  fc.assert(
    fc.property(bodies, fc.dictionary(fc.string(), fc.anything()), (body, query) => {
      const { query: sound } = sealed(options, XML)
      expect(() => openCallback(options, { ...sound, ...query }, body)).toThrow(WechatCallbackError)
    }),
    { seed, numRuns: 500 },
  )
})
