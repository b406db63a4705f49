import { createHash, createHmac } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { BoundedMap } from '../kit/bounded-map.ts'
import type { CallersClock } from '../kit/callers-clock.ts'
import { sameText } from '../kit/same-text.ts'
import { HOSPITAL_PAY } from './credentials.ts'
import { BillRefusal } from './refusals.ts'

const TOLERANCE_MS = 5 * MINUTE_MS
const MAX_NONCES_KEPT = 50_000

export interface SignedRequest {
  readonly method: string
  /** With the query string, exactly as requested. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** HMAC-SHA256, lower-case hex, over seven lines without a line feed at the end. */
export function signatureOf(secret: string, lines: readonly string[]): string {
  return createHmac('sha256', secret).update(lines.join('\n')).digest('hex')
}

export function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex')
}

/** Makes the check of who sends; it remembers the nonces. Throws `BillRefusal`; returns the body's digest. */
export function signatureChecker(clock: CallersClock): (request: SignedRequest) => string {
  const nonces = new BoundedMap<string, true>(MAX_NONCES_KEPT)
  return ({ method, path, headers, body }) => {
    const header = (name: string) => {
      const value = headers[name]
      if (typeof value !== 'string' || value === '') throw new BillRefusal('header-missing', name)
      return value
    }
    const merchantId = header('x-merchant-id')
    const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')]
    const [digest, signature] = [header('x-content-sha256'), header('x-signature')]
    const key = method === 'POST' ? header('idempotency-key') : ''
    if (merchantId !== HOSPITAL_PAY.merchantId) throw new BillRefusal('merchant-unknown')
    if (!/^\d{10}$/.test(timestamp) || !clock.accepts(Number(timestamp) * SECOND_MS, TOLERANCE_MS))
      throw new BillRefusal('timestamp-out-of-range')
    const lines = [method, path, merchantId, timestamp, nonce, key, digest]
    if (!sameText(signature, signatureOf(HOSPITAL_PAY.secret, lines)))
      throw new BillRefusal('signature-invalid')
    if (nonces.has(nonce)) throw new BillRefusal('nonce-reused')
    nonces.set(nonce, true)
    if (digest !== sha256(body)) throw new BillRefusal('digest-mismatch')
    return digest
  }
}
