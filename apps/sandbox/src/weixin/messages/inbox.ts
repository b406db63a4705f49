import { type Clock, MINUTE_MS } from '@zhangyi/core'
import type { Kept } from '../kept.ts'

export type MessageChannel = 'channel' | 'template' | 'subscribe'

/** A message as the phone shows it. */
export interface SentMessage {
  readonly msgId: number
  readonly channel: MessageChannel
  readonly atMs: number
  readonly person: string
  readonly openid: string
  /** Template, or status of a channel message. */
  readonly kind: string
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  /** Where a tap leads: an address, or a page of the mini program. */
  readonly target: string | undefined
  /** What the caller gave against sending twice. */
  readonly dedupeKey: string | undefined
  /** False where the person blocked the account: accepted, but never shown. */
  readonly delivered: boolean
}

const MAX_MESSAGES_KEPT = 1_000
const DEDUPE_MS = 10 * MINUTE_MS
const FIRST_MSG_ID = 3_900_000_001

/** All messages that were accepted, newest last. */
export class Inbox {
  readonly #kept: Kept
  readonly #clock: Clock

  constructor(kept: Kept, clock: Clock) {
    this.#kept = kept
    this.#clock = clock
  }

  add(message: Omit<SentMessage, 'msgId' | 'atMs'>): SentMessage {
    const all = this.#kept.get('messages')
    const last = all.at(-1)
    const msgId = last ? last.msgId + 1 : FIRST_MSG_ID
    const added = { ...message, msgId, atMs: this.#clock.nowMs() }
    this.#kept.set('messages', [...all, added].slice(-MAX_MESSAGES_KEPT))
    return added
  }

  /** A message that was accepted under this key before: within ten minutes, or ever. */
  earlier(
    channel: MessageChannel,
    dedupeKey: string,
    within: 'ten-minutes' | 'ever',
  ): SentMessage | undefined {
    const sinceMs = within === 'ever' ? Number.NEGATIVE_INFINITY : this.#clock.nowMs() - DEDUPE_MS
    return this.#kept
      .get('messages')
      .find((one) => one.channel === channel && one.dedupeKey === dedupeKey && one.atMs > sinceMs)
  }

  /** How many of a channel were accepted since a moment. */
  count(channel: MessageChannel, sinceMs: number): number {
    return this.#kept.get('messages').filter((one) => one.channel === channel && one.atMs >= sinceMs).length
  }

  /** Newest first. */
  list(person?: string): readonly SentMessage[] {
    return this.#kept
      .get('messages')
      .filter((one) => person === undefined || one.person === person)
      .toReversed()
  }

  clear(): void {
    this.#kept.set('messages', [])
  }
}
