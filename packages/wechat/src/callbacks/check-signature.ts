import { createHash, timingSafeEqual } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { WechatCallbackError } from './callback-error.ts'
import type { CallbackOptions, CallbackQuery } from './callback-options.ts'

const DEFAULT_MAX_AGE_MS = 10 * MINUTE_MS

/** SHA-1 in hex of the parts, sorted by their bytes and joined. */
export function signatureOf(...parts: readonly string[]): string {
  // All parts are ASCII, so that the order of UTF-16 units is that of bytes.
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

/**
 * Checks who wrote a callback and when. `parts` is what was signed beside token, timestamp and nonce. The signature
 * comes first: a stranger learns nothing about our clock. Throws `WechatCallbackError`.
 */
export function checkSignature(
  { token, clock, maxAgeMs = DEFAULT_MAX_AGE_MS }: CallbackOptions,
  { timestamp, nonce }: CallbackQuery,
  signature: unknown,
  ...parts: readonly string[]
): void {
  if (!isShort(timestamp, /^\d{1,12}$/) || !isShort(nonce, /^[\x21-\x7e]{1,128}$/))
    throw new WechatCallbackError('malformed')
  if (!isShort(signature, /^[0-9a-f]{40}$/)) throw new WechatCallbackError('signature')
  const expected = signatureOf(token, timestamp, nonce, ...parts)
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected)))
    throw new WechatCallbackError('signature')
  if (Math.abs(clock.nowMs() - Number(timestamp) * SECOND_MS) > maxAgeMs)
    throw new WechatCallbackError('stale')
}

function isShort(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value)
}
