import type { Clock } from '@zhangyi/core'
import type { CallClass } from './classify.ts'
import type { Endpoint } from './endpoints.ts'
import type { KeyRing, KeyRingSources } from './key-ring.ts'

export interface WechatPayOptions extends KeyRingSources {
  readonly mchid: string
  /** The app in which patients pay and confirm; an operation may name another. */
  readonly appid?: string
  /** Serial of the merchant API certificate. */
  readonly merchantSerial: string
  readonly merchantPrivateKeyPem: string
  /** APIv3密钥, 32 bytes. */
  readonly apiV3Key: string
  /** A ring that is shared with the route of the callbacks; else one is made of `platformCertificates`, `publicKeys`. */
  readonly keyRing?: KeyRing
  /**
   * Serial or `PUB_KEY_ID_…` of the key that encrypts sensitive fields, also sent as `Wechatpay-Serial` so that answers
   * are signed by it. Default: the only public key of the ring, else its certificate that ends last.
   */
  readonly encryptWith?: string
  /** `https://` origins in the order in which they are tried. */
  readonly origins?: readonly [main: string, ...backup: string[]]
  readonly clock: Clock
  readonly fetch?: typeof fetch
  /** Limit of one sending to one host, reading the answer included; of one silence while a file is read. */
  readonly timeoutMs?: number
  /** Makes the signal that ends a sending; a test hands in its own instead of waiting. */
  readonly startTimeout?: (timeoutMs: number) => AbortSignal
  /** Development only: also accept `http://127.0.0.1` and `http://localhost` as notify URL. */
  readonly allowLocalNotifyUrls?: boolean
  /** Largest file that a download hands out, in plain bytes. */
  readonly maxFileBytes?: number
  readonly userAgent?: string
  /** Told of every sending, after it. What it throws is swallowed: a log never changes an outcome. */
  readonly onCall?: (call: CallRecord) => void
}

/** One sending for the call log. No body, no query string: neither names, nor openids, nor tokens get here. */
export interface CallRecord {
  readonly startedAtMs: number
  readonly tookMs: number
  readonly endpoint: Endpoint
  readonly method: 'GET' | 'POST'
  readonly origin: string
  readonly path: string
  readonly attempt: number
  readonly httpStatus: number | undefined
  readonly requestId: string | undefined
  readonly class: CallClass
  /** The platform's code, or why there is none, e.g. `timeout`; undefined when all went well. */
  readonly code: string | undefined
}
