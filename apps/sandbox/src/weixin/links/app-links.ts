import { randomBytes } from 'node:crypto'
import { type Clock, DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'
import { WeixinRefusal } from '../errcodes.ts'

const MAX_DAYS = 30
const MAX_LINKS_KEPT = 10_000

export interface AppLink {
  readonly path: string
  readonly query: string
  readonly diesAtMs: number
  /** The only person for whom it opens: who came first. */
  person: string | undefined
}

export interface Expiry {
  /** 0: at `expire_time`; 1: after `expire_interval` days. */
  readonly expire_type?: 0 | 1 | undefined
  /** Seconds since 1970. */
  readonly expire_time?: number | undefined
  readonly expire_interval?: number | undefined
}

/** URL links and schemes that lead into the mini program: at most 30 days, one person each. */
export class AppLinks {
  readonly #clock: Clock
  readonly #links = new BoundedMap<string, AppLink>(MAX_LINKS_KEPT)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns the link's id. Throws `WeixinRefusal` 85401 for a time that is past or too far away. */
  make(path: string, query: string, expiry: Expiry): string {
    const id = randomBytes(8).toString('base64url')
    this.#links.set(id, { path, query, diesAtMs: this.#diesAtMs(expiry), person: undefined })
    return id
  }

  /** Why it does not open, in Chinese, or the link; the first person to open it becomes its only one. */
  open(id: string, person: string): AppLink | string {
    const link = this.#links.get(id)
    if (!link) return '没有这个链接'
    if (link.diesAtMs <= this.#clock.nowMs()) return '链接已过期'
    if (link.person !== undefined && link.person !== person)
      return '链接已被另一个人打开过，一个链接只能给一个人用'
    link.person = person
    return link
  }

  #diesAtMs({ expire_type: type = 1, expire_time: time, expire_interval: days = MAX_DAYS }: Expiry): number {
    const nowMs = this.#clock.nowMs()
    const diesAtMs = type === 0 ? (time ?? 0) * SECOND_MS : nowMs + days * DAY_MS
    if (diesAtMs < nowMs + MINUTE_MS || diesAtMs > nowMs + MAX_DAYS * DAY_MS) throw new WeixinRefusal(85401)
    return diesAtMs
  }
}
