/** A value that WeChat Pay would refuse, found before anything was signed or sent. The message never holds the value. */
export class WechatPayInputError extends Error {
  override readonly name = 'WechatPayInputError'
  /** The field as the API spells it, e.g. `out_bill_no`. */
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`)
    this.field = field
  }
}

/**
 * - `key`: not a key of the wanted kind or length.
 * - `ciphertext`: cannot be opened with this key, or was changed on the way.
 */
export type CryptoFailure = 'key' | 'ciphertext'

/** Carries neither the key nor anything that was or should have been decrypted. */
export class WechatPayCryptoError extends Error {
  override readonly name = 'WechatPayCryptoError'
  readonly kind: CryptoFailure

  constructor(kind: CryptoFailure, message: string) {
    super(message)
    this.kind = kind
  }
}

/**
 * - `platform`: WeChat Pay answered with an error code.
 * - `transport`: no host could be connected to; surely nothing was sent.
 * - `unknown`: sent, and no usable answer (time-out, gateway page, bad signature, malformed).
 */
export type FailureKind = 'platform' | 'transport' | 'unknown'

/**
 * A read that gave no answer. The message names endpoint and code, never a person; the platform's own words are left
 * out, because they are for people reading WeChat's console and change without notice.
 */
export class WechatPayError extends Error {
  override readonly name = 'WechatPayError'
  readonly kind: FailureKind
  readonly endpoint: string
  /** The platform's code, or what went wrong, e.g. `timeout`, `http-502`, `signature:clock`, `malformed`. */
  readonly code: string
  readonly httpStatus: number | undefined
  /** WeChat's `Request-ID`; their support asks for it. */
  readonly requestId: string | undefined

  constructor(
    kind: FailureKind,
    endpoint: string,
    code: string,
    answer: { readonly httpStatus?: number | undefined; readonly requestId?: string | undefined } = {},
  ) {
    super(`${endpoint}: ${kind} ${code}${answer.requestId ? ` (request ${answer.requestId})` : ''}`)
    this.kind = kind
    this.endpoint = endpoint
    this.code = code
    this.httpStatus = answer.httpStatus
    this.requestId = answer.requestId
  }
}

/**
 * - `hash`: every byte arrived, but they are not what the platform announced.
 * - `compression`: not a gzip stream, or cut.
 * - `cut`: the connection ended or stood still.
 * - `too-large`: beyond the limit that was set.
 */
export type DownloadFailure = 'hash' | 'compression' | 'cut' | 'too-large'

/** A file that must not be used; whatever was read of it before is to be thrown away. */
export class WechatPayDownloadError extends Error {
  override readonly name = 'WechatPayDownloadError'
  readonly kind: DownloadFailure

  constructor(kind: DownloadFailure, endpoint: string) {
    super(`${endpoint}: ${kind}`)
    this.kind = kind
  }
}
