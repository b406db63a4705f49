import type { PayPlatform } from '../platform.ts'

export interface PayRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown
  /** The `Wechatpay-Serial` header: the key the caller encrypted with, and the one it wants signed with. */
  readonly serial: string | undefined
  /** Who signed the request. */
  readonly mchid: string
}

/** One API of WeChat Pay. `carryOut` returns the JSON answer, NO_CONTENT or a FileAnswer, or throws PayRefusal. */
export interface PayRoute {
  readonly operation: string
  readonly zh: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly carryOut: (platform: PayPlatform, request: PayRequest) => unknown
  /** Answers a merchant that is not ours with NO_AUTH by itself, instead of SIGN_ERROR. */
  readonly anyMerchant?: boolean
}

export const NO_CONTENT = Symbol('204')

/** A file: sent as it is, without Wechatpay headers. */
export class FileAnswer {
  readonly bytes: Buffer
  readonly type: string
  constructor(bytes: Buffer, type: string) {
    this.bytes = bytes
    this.type = type
  }
}
