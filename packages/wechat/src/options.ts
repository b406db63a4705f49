import type { Clock } from '@zhangyi/core'

/** How calls are made: addresses, limits, hooks. Every part but the origin and the clock has a default. */
export interface TransportOptions {
  /** `https://api.weixin.qq.com`. */
  readonly apiOrigin: string
  readonly clock: Clock
  readonly fetch?: typeof fetch
  /** Limit of one call: token, repetitions and the reading of the reply included. */
  readonly timeoutMs?: number
  /** Makes the signal that ends a call; a test hands in its own instead of waiting. */
  readonly startTimeout?: (timeoutMs: number) => AbortSignal
  /** Waits before a read that WeChat was too busy for is made again; ends early with the signal. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Told of every request that was tried, after it. What it throws is swallowed: a log never changes an outcome. */
  readonly onCall?: (call: WechatCallRecord) => void
}

/** One request for the call log. It holds nothing of a person: neither request nor reply, no openid, no token. */
export interface WechatCallRecord {
  readonly startedAtMs: number
  readonly durationMs: number
  readonly appid: string
  /** Our name of the call, e.g. `queryVerifyInfo`. */
  readonly operation: string
  readonly path: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  /** `0`, the errcode, or why nobody can say, e.g. `timeout`. */
  readonly code: string
  /** WeChat's own number of the request, for its support. */
  readonly rid: string | undefined
}
