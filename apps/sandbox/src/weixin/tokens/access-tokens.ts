import { randomBytes } from 'node:crypto'
import { type Clock, MINUTE_MS, SECOND_MS, shanghaiDay } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'
import { WeixinRefusal } from '../errcodes.ts'

const LIFETIME_MS = 7_200 * SECOND_MS
/** Old and new are both good this long after a change; a stable token also changes this long before its end. */
const OVERLAP_MS = 5 * MINUTE_MS
const FORCED_GAP_MS = 30 * SECOND_MS
export const FORCED_PER_DAY = 20
export const CLASSIC_PER_DAY = 2_000
const MAX_TOKENS_KEPT = 20_000
// Real tokens have no fixed length; callers are told to make room for 512 characters.
const TOKEN_BYTES = 144
const TOKEN_FORM = /^\d{2}_[\w-]{100,512}$/

/** The two families do not know of each other: a token of one does not end one of the other. */
export type TokenFamily = 'stable' | 'classic'

interface Token {
  readonly text: string
  readonly appid: string
  /** After this moment the answer is 42001. */
  readonly expiresAtMs: number
  /** After this moment it is superseded and the answer is 40001; later than `expiresAtMs` while it is the newest. */
  supersededAtMs: number
}

export interface IssuedToken {
  readonly access_token: string
  readonly expires_in: number
}

/** Access tokens by appid and family: at any moment the newest, and its predecessor for five minutes. */
export class AccessTokens {
  readonly #clock: Clock
  readonly #tokens = new BoundedMap<string, Token>(MAX_TOKENS_KEPT)
  readonly #newest = new Map<string, { readonly current: Token; readonly previous: Token | undefined }>()
  readonly #forcedAtMs = new Map<string, number>()
  readonly #counts = new BoundedMap<string, number>(1_000)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Normal mode: the same token during its life; within its last five minutes a new one beside it. */
  stable(appid: string): IssuedToken {
    const current = this.#newest.get(`stable/${appid}`)?.current
    const leftMs = current ? this.#leftMs(current) : 0
    return current && leftMs > OVERLAP_MS ? this.#show(current) : this.#issue('stable', appid)
  }

  /** `force_refresh`: within 30 seconds of the last one nothing is refreshed; 20 a day. */
  forced(appid: string): IssuedToken {
    const current = this.#newest.get(`stable/${appid}`)?.current
    const lastMs = this.#forcedAtMs.get(appid)
    if (
      current &&
      lastMs !== undefined &&
      this.#clock.nowMs() - lastMs < FORCED_GAP_MS &&
      this.#leftMs(current) > 0
    )
      return this.#show(current)
    this.#countDay(`forced/${appid}`, FORCED_PER_DAY)
    this.#forcedAtMs.set(appid, this.#clock.nowMs())
    return this.#issue('stable', appid)
  }

  /** The older interface: every call gives a new token. */
  classic(appid: string): IssuedToken {
    this.#countDay(`classic/${appid}`, CLASSIC_PER_DAY)
    return this.#issue('classic', appid)
  }

  /** The appid that a token stands for. Throws `WeixinRefusal` 41001, 40014, 40001 or 42001. */
  ownerOf(text: string | undefined): string {
    if (text === undefined || text === '') throw new WeixinRefusal(41001)
    if (!TOKEN_FORM.test(text)) throw new WeixinRefusal(40014)
    const token = this.#tokens.get(text)
    if (!token) throw new WeixinRefusal(40001)
    const nowMs = this.#clock.nowMs()
    // The overlap after a change is promised even where the old token would have ended within it.
    const superseded = token.supersededAtMs !== Number.POSITIVE_INFINITY
    if (superseded && nowMs >= token.supersededAtMs) throw new WeixinRefusal(40001)
    if (!superseded && nowMs >= token.expiresAtMs) throw new WeixinRefusal(42001)
    return token.appid
  }

  /** As after a leak: every token of the appid ends at once. */
  revoke(appid: string): void {
    for (const token of this.#tokens.values()) if (token.appid === appid) token.supersededAtMs = 0
    for (const family of ['stable', 'classic']) this.#newest.delete(`${family}/${appid}`)
  }

  #issue(family: TokenFamily, appid: string): IssuedToken {
    const nowMs = this.#clock.nowMs()
    const key = `${family}/${appid}`
    const before = this.#newest.get(key)
    // Two changes within five minutes end the oldest at once: that is how a leaked token is got rid of.
    if (before?.previous) before.previous.supersededAtMs = Math.min(before.previous.supersededAtMs, nowMs)
    const previous = before && this.#leftMs(before.current) > 0 ? before.current : undefined
    if (previous) previous.supersededAtMs = nowMs + OVERLAP_MS
    const text = `97_${randomBytes(TOKEN_BYTES).toString('base64url')}`
    const current = {
      text,
      appid,
      expiresAtMs: nowMs + LIFETIME_MS,
      supersededAtMs: Number.POSITIVE_INFINITY,
    }
    this.#tokens.set(text, current)
    this.#newest.set(key, { current, previous })
    return this.#show(current)
  }

  #show(token: Token): IssuedToken {
    return { access_token: token.text, expires_in: Math.floor(this.#leftMs(token) / SECOND_MS) }
  }

  #leftMs(token: Token): number {
    return token.expiresAtMs - this.#clock.nowMs()
  }

  #countDay(what: string, limit: number): void {
    const key = `${what}/${shanghaiDay(this.#clock.nowMs())}`
    const count = (this.#counts.get(key) ?? 0) + 1
    if (count > limit) throw new WeixinRefusal(45009)
    this.#counts.set(key, count)
  }
}
