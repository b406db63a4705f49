import { createHash, createHmac } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { BoundedMap } from '../kit/bounded-map.ts'
import type { CallersClock } from '../kit/callers-clock.ts'
import { sameText } from '../kit/same-text.ts'
import { SMS_GATEWAY } from './credentials.ts'

const WINDOW_MS = 5 * MINUTE_MS
const MAX_NONCES_KEPT = 20_000

export interface SignedRequest {
  readonly method: string
  /** As it stands in the request line, with the query if there is one. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/**
 * Makes the check of who calls; it remembers the nonces. Written apart from the sender's own code, so that a mistake
 * there does not agree with itself here. Gives the Chinese reason of a refusal; undefined if the request may pass.
 */
export function signatureChecker(clock: CallersClock): (request: SignedRequest) => string | undefined {
  const nonces = new BoundedMap<string, true>(MAX_NONCES_KEPT)
  return ({ method, path, headers, body }) => {
    const header = (name: string) => String(headers[`x-zhangyi-${name}`] ?? '')
    const [timestamp, nonce] = [header('timestamp'), header('nonce')]
    if (!/^\d{10}$/.test(timestamp)) return 'X-Zhangyi-Timestamp 缺失或不是秒'
    if (!/^[\w-]{8,64}$/.test(nonce)) return 'X-Zhangyi-Nonce 缺失，或不是 8 至 64 位字母数字'
    if (header('key') !== SMS_GATEWAY.keyId) return 'X-Zhangyi-Key 不认识'
    if (!clock.accepts(Number(timestamp) * SECOND_MS, WINDOW_MS)) return '时间戳超出 5 分钟'
    const digest = createHash('sha256').update(body).digest('hex')
    const lines = [timestamp, nonce, method, path, digest].join('\n')
    const expected = createHmac('sha256', SMS_GATEWAY.secret).update(lines).digest('hex')
    if (!sameText(expected, header('signature'))) return '签名不正确'
    // After the signature: a stranger must not be able to use up nonces.
    if (nonces.has(nonce)) return 'X-Zhangyi-Nonce 用过了'
    nonces.set(nonce, true)
    return undefined
  }
}
