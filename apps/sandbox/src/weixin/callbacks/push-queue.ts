import { randomBytes } from 'node:crypto'
import { type Clock, SECOND_MS } from '@zhangyi/core'
import type { Faults } from '../../kit/faults.ts'
import type { Kept } from '../kept.ts'
import type { PushEvent } from './events.ts'
import { postPush } from './post-push.ts'

const RETRY_AFTER_MS = 5 * SECOND_MS
/** The first attempt and three more. */
const MAX_ATTEMPTS = 4
const MAX_PUSHES_KEPT = 500
const LATE_MS = 60 * SECOND_MS

export interface Push {
  readonly id: string
  readonly event: PushEvent
  dueAtMs: number
  attempts: number
  state: 'waiting' | 'taken' | 'given-up' | 'lost'
  /** What the receiver answered last. */
  answer: string | undefined
}

/** Events on their way to the registered address; what is due is sent by `deliverDue`. */
export class PushQueue {
  readonly #kept: Kept
  readonly #clock: Clock
  readonly #faults: Faults
  #pushes: Push[] = []
  #running: Promise<unknown> = Promise.resolve()

  constructor(kept: Kept, clock: Clock, faults: Faults) {
    this.#kept = kept
    this.#clock = clock
    this.#faults = faults
  }

  get url(): string | undefined {
    return this.#kept.get('pushUrl')
  }

  /** Events are kept for this address from now on; undefined ends that. */
  register(url: string | undefined): void {
    this.#kept.set('pushUrl', url)
  }

  add(event: PushEvent): void {
    if (this.url === undefined) return
    const lost = this.#faults.take('push-lost', event.name) !== undefined
    const lateMs = this.#faults.take('push-late', event.name) ? LATE_MS : 0
    const copies = this.#faults.take('push-duplicate', event.name) ? 2 : 1
    for (let copy = 0; copy < copies; copy++)
      this.#pushes.push({
        ...{ id: randomBytes(8).toString('hex'), event, attempts: 0, answer: undefined },
        dueAtMs: this.#clock.nowMs() + lateMs,
        state: lost ? 'lost' : 'waiting',
      })
    this.#pushes = this.#pushes.slice(-MAX_PUSHES_KEPT)
  }

  /** Newest last. */
  list(): readonly Push[] {
    return this.#pushes
  }

  /** Sends what is due, one after the other; calls at the same time wait for each other. */
  deliverDue(): Promise<number> {
    const next = this.#running.then(() => this.#deliver())
    this.#running = next.catch(() => undefined)
    return next
  }

  async #deliver(): Promise<number> {
    const url = this.url
    if (url === undefined) return 0
    const nowMs = this.#clock.nowMs()
    const due = this.#pushes.filter((one) => one.state === 'waiting' && one.dueAtMs <= nowMs)
    for (const push of due) {
      const spoil = this.#faults.take('push-bad-signature', push.event.name) !== undefined
      const { taken, answer } = await postPush(url, push.event, nowMs, spoil)
      push.attempts++
      push.answer = answer
      push.dueAtMs = nowMs + RETRY_AFTER_MS
      if (taken) push.state = 'taken'
      else if (push.attempts >= MAX_ATTEMPTS) push.state = 'given-up'
    }
    return due.length
  }
}
