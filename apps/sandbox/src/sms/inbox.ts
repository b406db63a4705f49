import type { Clock } from '@zhangyi/core'
import type { Store } from '../kit/store.ts'

const MAX_MESSAGES_KEPT = 500

export interface ShortMessage {
  readonly requestKey: string
  readonly phone: string
  readonly text: string
  readonly receivedAtMs: number
}

/** Every phone's messages. A request key stands for one message: it arrives once, however often it is handed in. */
export class Inbox {
  readonly #store: Store<unknown>
  readonly #clock: Clock
  #messages: readonly ShortMessage[]

  constructor(store: Store<unknown>, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#messages = (store.load() as readonly ShortMessage[] | undefined) ?? []
  }

  /** `key-reused`: the key came before, with another phone or text; nothing arrives. */
  receive(message: Omit<ShortMessage, 'receivedAtMs'>): 'arrived' | 'repeated' | 'key-reused' {
    const before = this.#messages.find(({ requestKey }) => requestKey === message.requestKey)
    if (before)
      return before.phone === message.phone && before.text === message.text ? 'repeated' : 'key-reused'
    this.#save(
      [...this.#messages, { ...message, receivedAtMs: this.#clock.nowMs() }].slice(-MAX_MESSAGES_KEPT),
    )
    return 'arrived'
  }

  has(key: string): boolean {
    return this.#messages.some(({ requestKey }) => requestKey === key)
  }

  /** Newest first; every phone's when `phone` is absent. */
  list(phone?: string): readonly ShortMessage[] {
    return this.#messages.filter((one) => phone === undefined || one.phone === phone).toReversed()
  }

  clear(): void {
    this.#save([])
  }

  #save(messages: readonly ShortMessage[]): void {
    this.#messages = messages
    this.#store.save(messages)
  }
}
