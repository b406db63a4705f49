import type { Clock } from '@zhangyi/core'
import { WechatInputError } from '../errors.ts'

/** As configured in WeChat's admin pages under 消息推送, safe mode. */
export interface CallbackOptions {
  readonly appid: string
  readonly token: string
  /** 43 letters and digits. */
  readonly encodingAesKey: string
  readonly clock: Clock
  /** How far the timestamp may be from our clock; 10 minutes if absent. */
  readonly maxAgeMs?: number
}

/** The query of a callback. Members come as they are in the address: nothing is known of them yet. */
export interface CallbackQuery {
  readonly signature?: unknown
  readonly msg_signature?: unknown
  readonly timestamp?: unknown
  readonly nonce?: unknown
  readonly echostr?: unknown
}

/** The 32 bytes of EncodingAESKey. Throws `WechatInputError` for a key that is none, without repeating it. */
export function callbackKey({ encodingAesKey }: Pick<CallbackOptions, 'encodingAesKey'>): Buffer {
  if (!/^[0-9A-Za-z]{43}$/.test(encodingAesKey)) throw new WechatInputError('encodingAesKey', 'form')
  return Buffer.from(`${encodingAesKey}=`, 'base64')
}
