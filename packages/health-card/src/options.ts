import type { Clock, TokenStore } from '@zhangyi/core'
import type { Operation } from './endpoints.ts'
import type { ChannelNum, RelatedUser } from './types.ts'

/** What the public contract leaves open. Every value has a default that was seen to work somewhere. */
export interface ContractConfig {
  /** Path of an endpoint, where it differs from `ENDPOINTS`. */
  readonly paths?: Partial<Record<Operation, string>>
  /** Whether an endpoint carries relateAppId and relateOpenId, where it differs from `ENDPOINTS`. */
  readonly related?: Partial<Record<Operation, boolean>>
  /**
   * Other names for members of `req`, e.g. `{ getDynamicQRCode: { healthCardId: 'healthCardld' } }`: the portal is
   * known to misspell some, but not where. In replies both spellings are always read.
   */
  readonly requestNames?: Partial<Record<Operation, Readonly<Record<string, string>>>>
  readonly signZero?: boolean
  /** Tencent's SDKs and the portal send a text; two hospitals send a number. */
  readonly timestampType?: 'string' | 'number'
  /** resultCodes that mean "appToken invalid". Not public; `tokenInvalidText` is asked in any case. */
  readonly tokenInvalidCodes?: readonly number[]
  /** Recognises a refusal for the token by its errMsg. */
  readonly tokenInvalidText?: RegExp
  /** 3 in every mini-program call that was observed. */
  readonly domainChannel?: number
  /** Refresh this long before the end. Seen: 20 s to 12 min. */
  readonly tokenMarginMs?: number
  /** Whether each hospital of an appId has a token of its own (default), or all share one. */
  readonly tokenPerHospital?: boolean
}

export interface HealthCardOptions {
  /** `https://p-healthopen.tengmed.com`. */
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  /** 机构ID. */
  readonly hospitalId: string
  readonly clock: Clock
  readonly tokenStore: TokenStore
  readonly fetch?: typeof fetch
  /** Limit of one call: token, the one repetition and the reading of the reply included. */
  readonly timeoutMs?: number
  /** Makes the signal that ends a call; a test hands in its own instead of waiting. */
  readonly startTimeout?: (timeoutMs: number) => AbortSignal
  readonly config?: ContractConfig
  /** Told of every call that was tried, after it. What it throws is swallowed: a log never changes an outcome. */
  readonly onCall?: (call: CallRecord) => void
}

/** Who calls, and for whom. */
export interface CallContext {
  readonly channelNum: ChannelNum
  readonly relatedUser?: RelatedUser
  /** Told of this call in place of the client's own `onCall`, for a caller that keeps its own record of it. */
  readonly onCall?: (call: CallRecord) => void
}

/** One call for the call log. `request` and `reply` are masked. */
export interface CallRecord {
  readonly startedAtMs: number
  readonly durationMs: number
  readonly operation: Operation
  readonly requestId: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  /** `0`, the platform's resultCode, or why nobody can say, e.g. `timeout`. */
  readonly code: string
  readonly request: Readonly<Record<string, unknown>>
  readonly reply: Readonly<Record<string, unknown>> | undefined
}
