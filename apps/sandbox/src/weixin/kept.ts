import type { Store } from '../kit/store.ts'
import type { SentMessage } from './messages/inbox.ts'
import type { Phone } from './phones.ts'

interface State {
  phones: Readonly<Record<string, Phone>>
  messages: readonly SentMessage[]
  pushUrl: string | undefined
}

/** What outlives a restart of the sandbox. Each part belongs to one class; saving one writes all. */
export class Kept {
  readonly #store: Store<unknown>
  readonly #state: State

  constructor(store: Store<unknown>) {
    this.#store = store
    this.#state = { phones: {}, messages: [], pushUrl: undefined, ...(store.load() as State | undefined) }
  }

  get<K extends keyof State>(part: K): State[K] {
    return this.#state[part]
  }

  set<K extends keyof State>(part: K, value: State[K]): void {
    this.#state[part] = value
    this.#store.save(this.#state)
  }
}
