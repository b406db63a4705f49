import { WechatCallbackError } from './callback-error.ts'
import type { CallbackOptions, CallbackQuery } from './callback-options.ts'
import { checkSignature } from './check-signature.ts'
import { decryptMessage } from './cipher.ts'
import { type CallbackDocument, readDocument } from './read-document.ts'

// Far above what WeChat sends.
const MAX_BODY_BYTES = 256 * 1024

/**
 * Opens one callback in safe mode: reads `Encrypt`, checks `msg_signature` and the timestamp, decrypts, checks the
 * appid. Throws `WechatCallbackError`, which is to be counted and answered with an error status; a message that opened
 * is to be stored, answered within five seconds, then worked, once for its `dedupeKey`.
 */
export function openCallback(options: CallbackOptions, query: CallbackQuery, body: string): CallbackDocument {
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new WechatCallbackError('too-large')
  const { members } = readDocument(body)
  const encrypted = textOf(members, 'Encrypt')
  if (encrypted === undefined) throw new WechatCallbackError('not-encrypted')
  checkSignature(options, query, query.msg_signature, encrypted)
  return readDocument(decryptMessage(options, encrypted))
}

/** A member that is a text, or a whole number as its text. */
export function textOf(members: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined
  if (typeof value === 'string' && value !== '') return value
  return Number.isSafeInteger(value) ? String(value) : undefined
}
