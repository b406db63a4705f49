import { ManualClock, SECOND_MS } from '@zhangyi/core'
import type { CallbackOptions, CallbackQuery } from '../callbacks/callback-options.ts'
import { signatureOf } from '../callbacks/check-signature.ts'
import { encryptMessage } from '../callbacks/cipher.ts'

/** Settings of the admin pages as a test has them. Tests only. */
export function callbackSettings(more: Partial<CallbackOptions> = {}): CallbackOptions {
  return {
    appid: 'wxd000000000000001',
    token: 'token-of-callback',
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    clock: new ManualClock(),
    ...more,
  }
}

/** A callback as WeChat sends it, its parts to be bent by a test. */
export function sealed(
  options: CallbackOptions,
  message: string,
  format: 'xml' | 'json' = 'xml',
): { readonly query: CallbackQuery; readonly body: string } {
  const encrypted = encryptMessage(options, message)
  const timestamp = String(Math.floor(options.clock.nowMs() / SECOND_MS))
  const query = { timestamp, nonce: 'nonce1', msg_signature: '' }
  query.msg_signature = signatureOf(options.token, timestamp, query.nonce, encrypted)
  const body =
    format === 'json'
      ? JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted })
      : `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return { query, body }
}
