import {
  MINUTE_MS,
  type Outcome,
  SECOND_MS,
  type StoredToken,
  startTimeout,
  type TokenStore,
  withinDeadline,
} from '@zhangyi/core'
import { WechatError } from '../errors.ts'
import { type AccessTokenOptions, fetchStableToken } from './fetch-stable-token.ts'
import { type LeakedReplaced, replaceLeaked } from './replace-leaked.ts'

// WeChat rotates within the last five minutes and both tokens are good during them: earlier it would only give the
// same one again, later a call could be refused.
const MARGIN_MS = 5 * MINUTE_MS
// WeChat's clock and ours differ a little: if it gave the same token again, ask once more after this.
const ASK_AGAIN_MS = 30 * SECOND_MS

export interface AccessTokensOptions extends AccessTokenOptions {
  readonly store: TokenStore
}

/** The access token of one appid, one for all processes. */
export interface AccessTokens {
  readonly appid: string
  /** The shared token, refreshed within the last five minutes of its life. Throws `WechatError`. */
  get(deadline?: AbortSignal): Promise<StoredToken>
  /** For a call refused with 40001, 40014 or 42001: fetched again in normal mode. Throws `WechatError`. */
  replaceRefused(refused: StoredToken, deadline?: AbortSignal): Promise<StoredToken>
  /**
   * After a leak only: a forced refresh (20 a day). The leaked token is dead after a second one, made at
   * `repeatNotBeforeMs` or later. `unknown`: it may have been made; calls go on, a refused one fetches again.
   */
  replaceLeaked(): Promise<Outcome<LeakedReplaced>>
}

/**
 * Keeps the stable token. In this process one refresh is under way at a time, however many calls wait for it; between
 * processes the store decides. A waiting call gives up at its own deadline, the refresh itself goes on. A failure of
 * the store (its database) passes through as it is.
 */
export function createAccessTokens(options: AccessTokensOptions): AccessTokens {
  const { appid, store, clock } = options
  const key = `wechat/${appid}`
  // By the token that is to be replaced: who waits for a successor of the same token waits for the same refresh.
  const flights = new Map<string | undefined, Promise<StoredToken>>()
  let asked: { readonly token: string; readonly atMs: number } | undefined

  const refresh = (seen: string | undefined): Promise<StoredToken> => {
    const underWay = flights.get(seen)
    if (underWay) return underWay
    const flight = store
      .refresh(key, seen, () => fetchStableToken(options))
      .finally(() => flights.delete(seen))
    flights.set(seen, flight)
    // All who waited may have given up by now; that is no unhandled rejection.
    flight.catch(() => {})
    return flight
  }

  const currentOrNext = async (): Promise<StoredToken> => {
    const stored = await store.read(key)
    const leftMs = stored ? stored.expiresAtMs - clock.nowMs() : 0
    if (!stored || leftMs <= 0) return refresh(stored?.token)
    const askedJustNow = asked?.token === stored.token && clock.nowMs() - asked.atMs < ASK_AGAIN_MS
    if (leftMs > MARGIN_MS || askedJustNow) return stored
    try {
      return await refresh(stored.token)
    } catch (error) {
      // The old one is good until its end: a platform that is down for a minute need not stop anybody.
      if (!(error instanceof WechatError)) throw error
      return stored
    } finally {
      asked = { token: stored.token, atMs: clock.nowMs() }
    }
  }

  const inTime = async (work: Promise<StoredToken>, deadline: AbortSignal): Promise<StoredToken> => {
    try {
      return await withinDeadline(work, deadline)
    } catch (error) {
      if (error instanceof WechatError || !deadline.aborted) throw error
      throw new WechatError('unavailable', 'getStableAccessToken', { code: 'timeout' })
    }
  }

  return {
    appid,
    get: (deadline = startTimeout(options)) => inTime(currentOrNext(), deadline),
    replaceRefused: (refused, deadline = startTimeout(options)) => inTime(refresh(refused.token), deadline),
    replaceLeaked: () => replaceLeaked(options, store, key),
  }
}
