import { createHash, createHmac, randomUUID } from 'node:crypto'
import { type Clock, SECOND_MS } from '@zhangyi/core'

export type RestAuth =
  | { readonly kind: 'hmac'; readonly keyId: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'none' }

export interface RequestToSign {
  readonly method: string
  /** As it stands in the request line. */
  readonly path: string
  readonly body: Uint8Array
}

/** The headers that show who asks. The nonce is fresh each time: a repetition is signed anew, over the same body. */
export function authHeaders(
  auth: RestAuth,
  request: RequestToSign,
  clock: Clock,
  newNonce: () => string = randomUUID,
): Readonly<Record<string, string>> {
  if (auth.kind === 'none') return {}
  if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` }
  const timestamp = String(Math.floor(clock.nowMs() / SECOND_MS))
  const nonce = newNonce()
  return {
    'x-zhangyi-timestamp': timestamp,
    'x-zhangyi-nonce': nonce,
    'x-zhangyi-key': auth.keyId,
    'x-zhangyi-signature': signature(auth.secret, timestamp, nonce, request),
  }
}

/** Hex HMAC-SHA256 over five lines: timestamp (seconds), nonce, method, path, hex SHA-256 of the body's bytes. */
export function signature(
  secret: string,
  timestamp: string,
  nonce: string,
  { method, path, body }: RequestToSign,
): string {
  const digest = createHash('sha256').update(body).digest('hex')
  return createHmac('sha256', secret)
    .update([timestamp, nonce, method, path, digest].join('\n'))
    .digest('hex')
}
