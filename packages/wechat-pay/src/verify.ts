import { verify as cryptoVerify } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { type HeadersLike, headerOf } from './headers.ts'
import type { KeyRing } from './key-ring.ts'

// The limit of WeChat's own SDKs, in both directions: a stamp from the future is as suspect as an old one.
const CLOCK_WINDOW_MS = 5 * MINUTE_MS
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

export interface SignedMessage {
  readonly headers: HeadersLike
  /** The bytes as received. Parsed and written again they no longer verify. */
  readonly rawBody: Uint8Array
}

/**
 * - `missing-header`: one of the four `Wechatpay-*` headers is not there (a proxy may strip them).
 * - `probe`: a test by WeChat; refuse it quietly, the genuine message follows.
 * - `unknown-serial`: signed by a key that is not in the ring.
 * - `clock`: stamped more than five minutes from now, or not a time at all.
 * - `signature`: does not match.
 */
export type VerifyFailure = 'missing-header' | 'probe' | 'unknown-serial' | 'clock' | 'signature'

export type Verified = { readonly ok: true } | { readonly ok: false; readonly why: VerifyFailure }

const OK: Verified = { ok: true }

/**
 * Checks the signature of a 2xx answer or of a callback, and counts failures in the ring, probes apart.
 * It says only whether the message is WeChat's: an answer that fails leaves the call's outcome *unknown*, never `no`.
 */
export function verifySigned(message: SignedMessage, ring: KeyRing, nowMs: number): Verified {
  const failure = findFailure(message, ring, nowMs)
  if (!failure) return OK
  if (failure === 'probe') ring.counters.probes += 1
  else ring.counters.failures += 1
  return { ok: false, why: failure }
}

function findFailure(
  { headers, rawBody }: SignedMessage,
  ring: KeyRing,
  nowMs: number,
): VerifyFailure | undefined {
  const signature = headerOf(headers, 'wechatpay-signature')
  if (signature?.startsWith(PROBE_PREFIX)) return 'probe'
  const timestamp = headerOf(headers, 'wechatpay-timestamp')
  const nonce = headerOf(headers, 'wechatpay-nonce')
  const serial = headerOf(headers, 'wechatpay-serial')
  if (!signature || !timestamp || !nonce || !serial) return 'missing-header'
  const found = ring.find(serial)
  if (!found) return 'unknown-serial'
  if (!/^\d{1,12}$/.test(timestamp)) return 'clock'
  if (Math.abs(Number(timestamp) * SECOND_MS - nowMs) > CLOCK_WINDOW_MS) return 'clock'
  const message = answerMessage(timestamp, nonce, rawBody)
  const matches = cryptoVerify('sha256', message, found.key, Buffer.from(signature, 'base64'))
  return matches ? undefined : 'signature'
}

/** The three lines that are signed, each ended by LF; the body line of a 204 is empty. */
export function answerMessage(timestamp: string, nonce: string, rawBody: Uint8Array): Buffer {
  const head = `${timestamp}\n${nonce}\n`
  const headLength = Buffer.byteLength(head)
  const message = Buffer.allocUnsafe(headLength + rawBody.length + 1)
  message.write(head, 'utf8')
  message.set(rawBody, headLength)
  message[headLength + rawBody.length] = 0x0a
  return message
}
