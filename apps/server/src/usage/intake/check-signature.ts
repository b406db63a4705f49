import { createHmac, hash } from 'node:crypto'
import { type Clock, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { sameSecret } from '../../platform/crypto/same-secret.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { IntakeSystem } from './intake-systems.ts'

export const SIGNATURE_WINDOW_MS = 5 * MINUTE_MS
/**
 * In this process only, and the oldest are forgotten: with several processes a recorded request could be sent once more
 * to another one. It would change nothing, because each event in it has a key, and a key counts once in the database.
 */
const MOST_NONCES = 50_000

const TIMESTAMP = /^\d{10}$/
const NONCE = /^[\w-]{8,64}$/

export interface PushedRequest {
  readonly method: string
  /** As it stands in the request line. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** Who pushes, by the four `X-Zhangyi-*` headers over the very bytes. */
export class SignatureCheck {
  readonly #clock: Clock
  readonly #systems: ReadonlyMap<string, IntakeSystem>
  readonly #nonces = new Set<string>()

  constructor(clock: Clock, systems: ReadonlyMap<string, IntakeSystem>) {
    this.#clock = clock
    this.#systems = systems
  }

  /** Throws `signature-refused` with what the developer at the other end has to look at. */
  check({ method, path, headers, body }: PushedRequest): IntakeSystem {
    const header = (name: string) => String(headers[`x-zhangyi-${name}`] ?? '')
    const [timestamp, nonce] = [header('timestamp'), header('nonce')]
    const system = this.#systems.get(header('key'))
    if (!system) throw refused('X-Zhangyi-Key 不认识')
    if (!TIMESTAMP.test(timestamp)) throw refused('X-Zhangyi-Timestamp 缺失，或不是 10 位的秒')
    if (!NONCE.test(nonce)) throw refused('X-Zhangyi-Nonce 缺失，或不是 8 至 64 位字母、数字、- 和 _')
    if (Math.abs(Number(timestamp) * SECOND_MS - this.#clock.nowMs()) > SIGNATURE_WINDOW_MS)
      throw refused('X-Zhangyi-Timestamp 与网关相差 5 分钟以上，请核对时钟')
    const signed = [timestamp, nonce, method, path, hash('sha256', body)].join('\n')
    const expected = createHmac('sha256', system.secret).update(signed).digest('hex')
    if (!sameSecret(header('signature'), expected)) throw refused('X-Zhangyi-Signature 不正确')
    // After the signature: a stranger must not be able to use up nonces.
    this.#useUp(`${system.keyId}\n${nonce}`)
    return system
  }

  #useUp(nonce: string): void {
    if (this.#nonces.has(nonce)) throw refused('X-Zhangyi-Nonce 用过了，每次请求都要换新的')
    this.#nonces.add(nonce)
    if (this.#nonces.size > MOST_NONCES)
      for (const oldest of this.#nonces) return void this.#nonces.delete(oldest)
  }
}

function refused(zh: string): AppError {
  return new AppError('signature-refused', { zh })
}
