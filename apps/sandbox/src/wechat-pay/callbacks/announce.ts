import { randomUUID } from 'node:crypto'
import { MINUTE_MS } from '@zhangyi/core'
import { callbackAddress } from '../../kit/callback-address.ts'
import type { PayPlatform } from '../platform.ts'
import type { Callback } from './callback.ts'

const LATE_MS = 10 * MINUTE_MS
/** A held callback goes out at last even if no other one comes. */
const HELD_AT_MOST_MS = 30 * MINUTE_MS

export interface Announcement {
  readonly eventType: string
  readonly originalType: 'transaction' | 'refund' | 'mch_payment'
  readonly summary: string
  readonly number: string
  readonly url: string | undefined
  readonly plain: object
  readonly atMs: number
}

/** Puts an event on the list of callbacks, with the faults that were ordered for it. Nothing without an address. */
export function announce(platform: PayPlatform, event: Announcement): void {
  const { url, eventType, originalType, summary, number, plain, atMs } = event
  if (url === undefined) return
  const { faults, callbacks, settings } = platform
  const late = faults.take('notify-late', eventType)
  const held = faults.take('notify-reordered', eventType) !== undefined
  const callback: Callback = {
    ...{ id: randomUUID(), eventType, originalType, summary, number, url, plain: JSON.stringify(plain) },
    createdMs: atMs,
    state: callbackAddress(url, settings.callbackHosts) ? 'waiting' : 'not-local',
    dueMs: atMs + (late ? (late.delayMs ?? LATE_MS) : held ? HELD_AT_MOST_MS : 0),
    failures: 0,
    attempts: [],
    nextSignatures: [
      ...(faults.take('notify-signtest', eventType) ? (['probe'] as const) : []),
      ...(faults.take('notify-bad-signature', eventType) ? (['wrong'] as const) : []),
    ],
    repeats: faults.take('notify-duplicate', eventType) ? 1 : 0,
    heldForNext: held,
  }
  if (faults.take('notify-lost', eventType)) callback.state = 'lost'
  callbacks.put(callback)
  platform.changed = true
}
