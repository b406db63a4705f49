import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callbackSettings } from '../testing/callback-settings.ts'
import { WechatCallbackError } from './callback-error.ts'
import { decryptMessage, encryptMessage } from './cipher.ts'

const seed = 20_261_123
const keys = callbackSettings()
const MESSAGE = '<xml><Content><![CDATA[余额退费]]></Content></xml>'
// Made with OpenSSL's command from 0123456789abcdef, the length, the message, the appid and 4 bytes of fill.
const VECTOR =
  'Q3stYC6hdFzMh9T8HCvyDJurXWZwqfFvUvCwl1qa/K6dKntGWsEDxg3WdnmcDy4MK1QtVDp0E4UpU2zh268txztN22Sd/rGoP/15ylScmLwmdrmyRLzS9ZvFBVP2213X'

const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof WechatCallbackError) return error.problem
    throw error
  }
  return undefined
}

test('a vector of another implementation, both ways', () => {
  expect(decryptMessage(keys, VECTOR)).toBe(MESSAGE)
  expect(encryptMessage(keys, MESSAGE, Buffer.from('0123456789abcdef'))).toBe(VECTOR)
})

test(`what was encrypted is decrypted, whatever the text and the key (seed ${seed})`, () => {
  const aesKeys = fc.string({
    unit: fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    minLength: 43,
    maxLength: 43,
  })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), aesKeys, (text, encodingAesKey) => {
      const settings = callbackSettings({ encodingAesKey })
      const encrypted = encryptMessage(settings, text)
      expect(Buffer.from(encrypted, 'base64').byteLength % 32).toBe(0)
      expect(decryptMessage(settings, encrypted)).toBe(text)
    }),
    { seed, numRuns: 200 },
  )
})

test('each length of fill from 1 to 32 is made and taken', () => {
  for (let length = 0; length < 33; length++) {
    const text = 'x'.repeat(length)
    expect(decryptMessage(keys, encryptMessage(keys, text))).toBe(text)
  }
})

describe('refused', () => {
  test('for another appid', () => {
    const theirs = encryptMessage({ ...keys, appid: 'wxd000000000000002' }, MESSAGE)
    expect(problemOf(() => decryptMessage(keys, theirs))).toBe('appid')
    const longer = encryptMessage({ ...keys, appid: `${keys.appid}0` }, MESSAGE)
    expect(problemOf(() => decryptMessage(keys, longer))).toBe('appid')
  })

  test('with another key', () => {
    const other = { ...keys, encodingAesKey: 'b'.repeat(43) }
    expect(problemOf(() => decryptMessage(other, VECTOR))).toBe('cipher')
  })

  test.each(['', '====', 'QUJD', '不是', 'a b', VECTOR.slice(0, 64), `${VECTOR}!`])('「%s」', (text) => {
    expect(problemOf(() => decryptMessage(keys, text))).toBe('cipher')
  })

  test(`any other bytes, without any other error (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 160 }), (bytes) => {
        const whole = Buffer.from(bytes).subarray(0, bytes.byteLength - (bytes.byteLength % 32))
        expect(problemOf(() => decryptMessage(keys, whole.toString('base64')))).toMatch(/cipher|appid/)
      }),
      { seed, numRuns: 300 },
    )
  })
})

test('a key that is none is a fault of the configuration, and is not repeated', () => {
  expect(() => encryptMessage({ ...keys, encodingAesKey: 'short-key' }, 'x')).toThrow(
    /^encodingAesKey: form$/,
  )
})
