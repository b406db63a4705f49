import { randomBytes } from 'node:crypto'
import { type Clock, MINUTE_MS } from '@zhangyi/core'
import { BoundedMap } from '../../kit/bounded-map.ts'
import { Refusal } from '../result-codes.ts'

// Not public; long enough for a queue at the counter, short enough that a photo is of no use later.
const DYNAMIC_QR_LIFETIME_MS = 5 * MINUTE_MS

const STATIC_FORM = /^([0-9a-f]{64}):1$/i
const DYNAMIC_FORM = /^([0-9a-f]{64}):0:([0-9a-f]{32})(?::[\w-]+)?$/i
const MAX_KEPT = 10_000

export function isQrCodeText(text: string): boolean {
  return STATIC_FORM.test(text) || DYNAMIC_FORM.test(text)
}

/** QR texts of cards: the static one is always good, a dynamic one for some minutes. */
export class DynamicQrCodes {
  readonly #clock: Clock
  readonly #diesAtMs = new BoundedMap<string, number>(MAX_KEPT)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(healthCardId: string): string {
    const text = `${healthCardId}:0:${randomBytes(16).toString('hex')}`
    this.#diesAtMs.set(text, this.#clock.nowMs() + DYNAMIC_QR_LIFETIME_MS)
    return text
  }

  /** The card's id; refuses a dynamic code that this platform did not issue or that is too old. */
  read(text: string): string {
    const fixed = STATIC_FORM.exec(text)?.[1]
    if (fixed !== undefined) return fixed.toLowerCase()
    const [, id, nonce] = DYNAMIC_FORM.exec(text) ?? []
    if (id === undefined) throw new Refusal('qrCodeInvalid')
    const diesAtMs = this.#diesAtMs.get(`${id.toLowerCase()}:0:${nonce?.toLowerCase()}`)
    if (diesAtMs === undefined || diesAtMs <= this.#clock.nowMs()) throw new Refusal('qrCodeInvalid')
    return id.toLowerCase()
  }
}
