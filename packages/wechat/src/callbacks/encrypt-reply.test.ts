import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callbackSettings } from '../testing/callback-settings.ts'
import { signatureOf } from './check-signature.ts'
import { decryptMessage } from './cipher.ts'
import { encryptReply } from './encrypt-reply.ts'
import { openCallback, textOf } from './open-callback.ts'
import { readDocument } from './read-document.ts'

const seed = 20_261_123
const options = callbackSettings()

test.each(['xml', 'json'] as const)('in %s: signed, for our appid, dated by our clock', (format) => {
  const { members } = readDocument(encryptReply(options, '<xml>回复</xml>', format))
  const [encrypted = '', signature, timestamp = '', nonce = ''] = [
    'Encrypt',
    'MsgSignature',
    'TimeStamp',
    'Nonce',
  ].map((name) => textOf(members, name))
  expect(timestamp).toBe('1795395600')
  expect(signature).toBe(signatureOf(options.token, timestamp, nonce, encrypted))
  expect(decryptMessage(options, encrypted)).toBe('<xml>回复</xml>')
})

test(`what we write, we open ourselves (seed ${seed})`, () => {
  const formats = fc.constantFrom('xml' as const, 'json' as const)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), formats, (text, format) => {
      const message = JSON.stringify({ text })
      const reply = encryptReply(options, message, format)
      const { members } = readDocument(reply)
      const query = {
        timestamp: textOf(members, 'TimeStamp'),
        nonce: textOf(members, 'Nonce'),
        msg_signature: textOf(members, 'MsgSignature'),
      }
      expect(openCallback(options, query, reply).members).toEqual({ text })
    }),
    { seed, numRuns: 100 },
  )
})
