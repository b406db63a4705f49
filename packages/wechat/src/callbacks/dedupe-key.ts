import { createHash } from 'node:crypto'
import { WechatCallbackError } from './callback-error.ts'
import { textOf } from './open-callback.ts'
import type { CallbackDocument } from './read-document.ts'

/**
 * The same for every repetition of one callback (WeChat repeats up to three times): by MsgId, or for an event by
 * FromUserName, CreateTime and Event; by MsgID too where the event is about a message, since two may end within one
 * second. Hashed, so that it may stand in a log although an openid is in it. Throws `WechatCallbackError('malformed')`.
 */
export function dedupeKey({ members }: CallbackDocument): string {
  const messageId = textOf(members, 'MsgId')
  if (messageId !== undefined) return hashed('message', messageId)
  const parts = ['FromUserName', 'CreateTime', 'Event'].map((name) => textOf(members, name))
  if (parts.includes(undefined)) throw new WechatCallbackError('malformed')
  return hashed('event', ...parts, textOf(members, 'MsgID') ?? '')
}

function hashed(kind: string, ...parts: readonly (string | undefined)[]): string {
  return `${kind}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`
}
