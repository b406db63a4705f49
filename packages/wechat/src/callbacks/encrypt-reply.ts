import { randomBytes } from 'node:crypto'
import { SECOND_MS } from '@zhangyi/core'
import type { CallbackOptions } from './callback-options.ts'
import { signatureOf } from './check-signature.ts'
import { encryptMessage } from './cipher.ts'
import type { DocumentFormat } from './read-document.ts'

/**
 * A reply in safe mode. Most callbacks need none: `success` as plain text is enough. `message` is XML or JSON as the
 * callback was.
 */
export function encryptReply(options: CallbackOptions, message: string, format: DocumentFormat): string {
  const encrypted = encryptMessage(options, message)
  const seconds = Math.floor(options.clock.nowMs() / SECOND_MS)
  const nonce = randomBytes(8).toString('hex')
  const signature = signatureOf(options.token, String(seconds), nonce, encrypted)
  if (format === 'json')
    return JSON.stringify({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: seconds, Nonce: nonce })
  return [
    '<xml>',
    `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`,
    `<MsgSignature><![CDATA[${signature}]]></MsgSignature>`,
    `<TimeStamp>${seconds}</TimeStamp>`,
    `<Nonce><![CDATA[${nonce}]]></Nonce>`,
    '</xml>',
  ].join('')
}
