import { randomUUID } from 'node:crypto'
import { type Clock, formatShanghai, isRealDate, MINUTE_MS, shanghaiDay } from '@zhangyi/core'
import type { Store } from '../kit/store.ts'
import type { Bill, BillRow, BillTotal } from './bill.ts'
import { BillRefusal } from './refusals.ts'

const MAX_DAYS_KEPT = 400
const MAX_KEYS_KEPT = 2_000
/** How many rows of a day the page can show; the totals stand for all. */
const ROWS_KEPT = 200
/** How long a receipt that was ordered late stays `processing`. */
const PROCESSING_MS = 10 * MINUTE_MS

interface KeptReceipt {
  readonly day: string
  readonly receiptNo: string
  /** 1 for the first upload of a day, one more for each that replaced it. */
  readonly version: number
  readonly sha256: string
  readonly totals: readonly BillTotal[]
  readonly receivedAtMs: number
  readonly acceptedAtMs: number
}

interface KeptDay {
  readonly receipt: KeptReceipt
  readonly rows: readonly BillRow[]
  readonly closed: boolean
}

interface State {
  readonly days: Readonly<Record<string, KeptDay>>
  readonly keys: readonly { readonly key: string; readonly receipt: KeptReceipt }[]
}

export interface Upload {
  readonly day: string
  readonly idempotencyKey: string
  readonly sha256: string
  readonly late: boolean
}

/** What was received, by day. A day is replaced as a whole; an idempotency key stands for one content for ever. */
export class BillBook {
  readonly #store: Store<unknown>
  readonly #clock: Clock
  #state: State

  constructor(store: Store<unknown>, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#state = (store.load() as State | undefined) ?? { days: {}, keys: [] }
  }

  /** `read` is called only for content that is new. Throws `BillRefusal`. */
  receive(
    { day, idempotencyKey, sha256, late }: Upload,
    read: () => Bill,
  ): { readonly receipt: object; readonly replayed: boolean } {
    this.#checkDay(day)
    const known = this.#state.keys.find(({ key }) => key === idempotencyKey)?.receipt
    if (known && (known.sha256 !== sha256 || known.day !== day))
      throw new BillRefusal('idempotency-key-reused')
    if (known) return { receipt: this.#show(known), replayed: true }
    const before = this.#state.days[day]
    if (before?.closed) throw new BillRefusal('day-closed')
    const { rows, totals } = read()
    const nowMs = this.#clock.nowMs()
    const receipt: KeptReceipt = {
      ...{ day, sha256, totals, receivedAtMs: nowMs },
      receiptNo: `HP${day.replaceAll('-', '')}${randomUUID().slice(0, 8).toUpperCase()}`,
      version: (before?.receipt.version ?? 0) + 1,
      acceptedAtMs: late ? nowMs + PROCESSING_MS : nowMs,
    }
    const days = { ...this.#state.days, [day]: { receipt, rows: rows.slice(0, ROWS_KEPT), closed: false } }
    this.#save({
      days: Object.fromEntries(Object.entries(days).sort().slice(-MAX_DAYS_KEPT)),
      keys: [...this.#state.keys, { key: idempotencyKey, receipt }].slice(-MAX_KEYS_KEPT),
    })
    return { receipt: this.#show(receipt), replayed: false }
  }

  /** Throws `BillRefusal`. */
  receiptOf(day: string): object {
    const kept = this.#state.days[day]
    if (!kept) throw new BillRefusal('not-received')
    return this.#show(kept.receipt)
  }

  /** Newest day first; both ends included. */
  list(from: string, to: string): readonly object[] {
    return this.days()
      .filter(({ receipt: { day } }) => day >= from && day <= to)
      .map(({ receipt }) => this.#show(receipt))
  }

  /** Newest day first. */
  days(): readonly KeptDay[] {
    return Object.values(this.#state.days).sort((a, b) => (a.receipt.day < b.receipt.day ? 1 : -1))
  }

  /** The platform's accountants closed the day: nothing replaces it any more, until it is opened again. */
  close(day: string, closed: boolean): void {
    const kept = this.#state.days[day]
    if (!kept) throw new BillRefusal('not-received')
    this.#save({ ...this.#state, days: { ...this.#state.days, [day]: { ...kept, closed } } })
  }

  clear(): void {
    this.#save({ days: {}, keys: [] })
  }

  #checkDay(day: string): void {
    if (!isRealDate(day)) throw new BillRefusal('day-invalid')
    if (day >= shanghaiDay(this.#clock.nowMs())) throw new BillRefusal('day-not-over')
  }

  #show({ totals, receivedAtMs, acceptedAtMs, ...receipt }: KeptReceipt): object {
    return {
      ...receipt,
      status: acceptedAtMs <= this.#clock.nowMs() ? 'accepted' : 'processing',
      receivedAt: formatShanghai(receivedAtMs),
      totals: totals.map(({ kind, count, amount }) => ({ kind, count, amountFen: amount })),
    }
  }

  #save(state: State): void {
    this.#state = state
    this.#store.save(state)
  }
}
