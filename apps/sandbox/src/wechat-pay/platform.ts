import { randomBytes } from 'node:crypto'
import { formatShanghai } from '@zhangyi/core'
import { BoundedMap } from '../kit/bounded-map.ts'
import { CallersClock } from '../kit/callers-clock.ts'
import { Faults } from '../kit/faults.ts'
import { MomentClock } from '../kit/moment-clock.ts'
import type { ReceivedCall, SimulatorContext } from '../kit/simulator.ts'
import { Ledger } from './accounts/ledger.ts'
import { Book } from './book.ts'
import type { Callback } from './callbacks/callback.ts'
import { KeyBox } from './keys/key-box.ts'
import type { Order } from './orders/order.ts'
import { DEFAULT_PEOPLE, type PersonTraits } from './people.ts'
import type { Refund } from './refunds/refund.ts'
import type { LateRequest } from './requests/late-requests.ts'
import { DEFAULT_SETTINGS, type PaySettings } from './settings.ts'
import type { KeptState } from './state.ts'
import type { Receipt } from './transfers/receipt.ts'
import type { Transfer } from './transfers/transfer.ts'

const MAX_KEPT = 10_000

/** Attempts that belong to one refund: at most one of them may be paid. */
export interface Claim {
  readonly numbers: readonly string[]
  readonly amountFen?: number | undefined
}

/** A file that a `download_url` leads to. */
export interface Download {
  readonly bytes: Buffer
  readonly type: string
  readonly mchid: string
  readonly diesMs: number
}

/** Everything the simulated WeChat Pay knows. All of it but downloads and what is on its way outlives a restart. */
export interface PayPlatform {
  readonly clock: MomentClock
  /** For signatures: requests, answers, callbacks. */
  readonly callersClock: CallersClock
  /** For callbacks. */
  readonly fetch: typeof fetch
  readonly baseUrl: string
  readonly faults: Faults
  readonly calls: ReceivedCall[]
  readonly settings: PaySettings
  readonly keys: KeyBox
  readonly ledger: Ledger
  readonly orders: Book<Order>
  readonly transfers: Book<Transfer>
  readonly refunds: Book<Refund>
  readonly callbacks: Book<Callback>
  readonly receipts: Map<string, Receipt>
  readonly people: Map<string, PersonTraits>
  readonly claims: Map<string, Claim>
  readonly downloads: Map<string, Download>
  /** Requests that were held up, as long as they have not arrived. */
  readonly underWay: LateRequest[]
  sequence: number
  /** Before this moment time changes nothing, so that a call need not look at everything that is open. */
  nextDueMs: number
  /** State has changed since it was saved. */
  changed: boolean
}

export function buildPlatform(
  { clock: given, realClock, baseUrl, fetch: send = fetch }: SimulatorContext,
  kept: Partial<KeptState>,
): PayPlatform {
  const clock = new MomentClock(given)
  const keys = new KeyBox(
    kept.keys,
    () => clock.nowMs(),
    () => {
      platform.changed = true
    },
  )
  Object.assign(keys, kept.signing)
  const platform: PayPlatform = {
    callersClock: new CallersClock(clock, realClock),
    fetch: send,
    ...{ clock, baseUrl, keys, faults: new Faults(), calls: [] },
    settings: { ...DEFAULT_SETTINGS, ...kept.settings },
    ledger: new Ledger(kept.ledger),
    orders: new Book({ byNumber: (one) => one.outTradeNo, byId: (one) => one.transactionId }, kept.orders),
    transfers: new Book(
      { byNumber: (one) => one.outBillNo, byId: (one) => one.transferBillNo },
      kept.transfers,
    ),
    refunds: new Book({ byNumber: (one) => one.outRefundNo, byId: (one) => one.refundId }, kept.refunds),
    callbacks: new Book({ byNumber: (one) => one.id, byId: (one) => one.id }, kept.callbacks),
    receipts: bounded(kept.receipts),
    people: bounded(kept.people ?? Object.entries(DEFAULT_PEOPLE)),
    claims: bounded(kept.claims),
    downloads: new BoundedMap(200),
    underWay: [],
    sequence: kept.sequence ?? 0,
    nextDueMs: Number.NEGATIVE_INFINITY,
    changed: false,
  }
  return platform
}

/** Something happened that time has to move on from `dueMs`; at once when nothing is said. */
export function wake(platform: PayPlatform, dueMs = Number.NEGATIVE_INFINITY): void {
  platform.nextDueMs = Math.min(platform.nextDueMs, dueMs)
  platform.changed = true
}

/** WeChat's numbers: a prefix per kind, the day, a running number; digits only. */
export function newNumber(platform: PayPlatform, prefix: string, length: number): string {
  const day = formatShanghai(platform.clock.nowMs()).slice(0, 10).replaceAll('-', '')
  return `${prefix}${day}${String(++platform.sequence).padStart(length - prefix.length - 8, '0')}`
}

export function newToken(bytes = 24): string {
  return randomBytes(bytes).toString('base64url')
}

/** RFC 3339 with the offset of Shanghai, as in every answer. */
export function rfc3339(ms: number): string {
  return `${formatShanghai(ms).replace(' ', 'T')}+08:00`
}

function bounded<V>(entries: readonly (readonly [string, V])[] = []): Map<string, V> {
  const map = new BoundedMap<string, V>(MAX_KEPT)
  for (const [key, value] of entries) map.set(key, value)
  return map
}
