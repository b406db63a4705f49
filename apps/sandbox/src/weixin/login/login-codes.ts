import { randomBytes } from 'node:crypto'
import { type Clock, MINUTE_MS } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'
import { WeixinRefusal } from '../errcodes.ts'
import type { WechatPerson } from '../persons.ts'

const LIFETIME_MS = 5 * MINUTE_MS
const MAX_CODES_KEPT = 20_000

export interface LoginCode {
  readonly appid: string
  readonly person: WechatPerson
  /** Of the OAuth page; undefined for a code of `wx.login`. */
  readonly scope: string | undefined
}

/** Codes of `wx.login` and of the OAuth page: five minutes, one use. */
export class LoginCodes {
  readonly #clock: Clock
  readonly #codes = new BoundedMap<string, LoginCode & { readonly diesAtMs: number; used: boolean }>(
    MAX_CODES_KEPT,
  )

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(code: LoginCode): string {
    const text = randomBytes(16).toString('hex')
    this.#codes.set(text, { ...code, diesAtMs: this.#clock.nowMs() + LIFETIME_MS, used: false })
    return text
  }

  /** Throws `WeixinRefusal` 41008, 40029 (unknown, of another app, of the other kind, expired) or 40163 (used). */
  spend(text: string, appid: string, kind: 'mini-program' | 'oauth'): LoginCode {
    if (text === '') throw new WeixinRefusal(41008)
    const code = this.#codes.get(text)
    if (!code || code.appid !== appid || (code.scope === undefined) !== (kind === 'mini-program'))
      throw new WeixinRefusal(40029)
    if (code.used) throw new WeixinRefusal(40163)
    if (code.diesAtMs <= this.#clock.nowMs()) throw new WeixinRefusal(40029)
    code.used = true
    return code
  }
}
