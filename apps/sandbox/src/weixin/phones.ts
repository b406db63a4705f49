import type { Kept } from './kept.ts'

/** What a person decided about our messages. */
export interface Phone {
  /** Follows the official account: without it no template message (43004). */
  readonly follows: boolean
  /** Blocked its messages: they are accepted, then told as `failed:user block`. */
  readonly blocks: boolean
  /** Stands on the official account's blacklist (43019). */
  readonly blacklisted: boolean
  /** Templates of which the person wants no messages any more (43101). */
  readonly refusedTemplates: readonly string[]
  /** One-time accepts of subscription messages that are left, by template. */
  readonly accepts: Readonly<Record<string, number>>
}

const MAX_PHONES_KEPT = 5_000
// One of the persons uses everything for the first time, so that the way without an official account is seen, too.
const NOT_FOLLOWING = ['wangfang', 'john']

/** The phones of all persons, as far as they differ from a new one. */
export class Phones {
  readonly #kept: Kept
  readonly #phones: Map<string, Phone>

  constructor(kept: Kept) {
    this.#kept = kept
    this.#phones = new Map(Object.entries(kept.get('phones')))
  }

  of(person: string): Phone {
    return this.#phones.get(person) ?? { ...NEW_PHONE, follows: !NOT_FOLLOWING.includes(person) }
  }

  change(person: string, change: Partial<Phone>): Phone {
    const phone = { ...this.of(person), ...change }
    this.#phones.set(person, phone)
    const [oldest] = this.#phones.keys()
    if (this.#phones.size > MAX_PHONES_KEPT && oldest !== undefined) this.#phones.delete(oldest)
    this.#kept.set('phones', Object.fromEntries(this.#phones))
    return phone
  }

  /** Adds accepts: the person pressed 允许 that many times. */
  accept(person: string, templateId: string, times: number): Phone {
    const { accepts } = this.of(person)
    return this.change(person, { accepts: { ...accepts, [templateId]: (accepts[templateId] ?? 0) + times } })
  }

  /** Uses up one accept; false if none is left. */
  useAccept(person: string, templateId: string): boolean {
    const { accepts } = this.of(person)
    const left = accepts[templateId] ?? 0
    if (left > 0) this.change(person, { accepts: { ...accepts, [templateId]: left - 1 } })
    return left > 0
  }
}

const NEW_PHONE = { follows: true, blocks: false, blacklisted: false, refusedTemplates: [], accepts: {} }
