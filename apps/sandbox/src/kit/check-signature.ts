import { createHash, createHmac } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { BoundedMap } from './bounded-map.ts'
import type { CallersClock } from './callers-clock.ts'
import { sameText } from './same-text.ts'

export const SIGNATURE_WINDOW_MS = 5 * MINUTE_MS
const MAX_NONCES_KEPT = 20_000

export interface SignedRequest {
  readonly method: string
  /** As it stands in the request line, with the query if there is one. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

export interface SigningKey {
  readonly keyId: string
  readonly secret: string
}

/**
 * Checks who calls by the `X-Zhangyi-*` headers: key, time, signature, and that the nonce was not used before. Written
 * apart from the sender's own code, so that a mistake there does not agree with itself here.
 */
export class SignatureChecker {
  readonly #clock: CallersClock
  readonly #key: SigningKey
  readonly #nonces = new BoundedMap<string, true>(MAX_NONCES_KEPT)

  constructor(clock: CallersClock, key: SigningKey) {
    this.#clock = clock
    this.#key = key
  }

  /** Why the request is refused; `undefined` if it may pass. */
  problemOf({ method, path, headers, body }: SignedRequest): string | undefined {
    const header = (name: string) => String(headers[`x-zhangyi-${name}`] ?? '')
    const [timestamp, nonce, key, signature] = ['timestamp', 'nonce', 'key', 'signature'].map(header) as [
      string,
      string,
      string,
      string,
    ]
    if (!/^\d{10}$/.test(timestamp)) return 'X-Zhangyi-Timestamp 缺失或不是秒'
    if (!/^[\w-]{8,64}$/.test(nonce)) return 'X-Zhangyi-Nonce 缺失，或不是 8 至 64 位字母数字'
    if (key !== this.#key.keyId) return 'X-Zhangyi-Key 不认识'
    if (!this.#clock.accepts(Number(timestamp) * SECOND_MS, SIGNATURE_WINDOW_MS)) return '时间戳超出 5 分钟'
    const signed = [timestamp, nonce, method, path, createHash('sha256').update(body).digest('hex')].join(
      '\n',
    )
    const expected = createHmac('sha256', this.#key.secret).update(signed).digest('hex')
    if (!sameText(expected, signature)) return '签名不正确'
    // After the signature: a stranger must not be able to use up nonces.
    if (this.#nonces.has(nonce)) return 'X-Zhangyi-Nonce 用过了'
    this.#nonces.set(nonce, true)
    return undefined
  }
}
