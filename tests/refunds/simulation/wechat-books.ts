import type { RefundsRig } from '../refunds-rig.ts'

interface Entry {
  readonly sequence: number
  readonly kind: string
  readonly number: string
  readonly amountFen: number
}
interface Bill {
  readonly outBillNo: string
  readonly state: string
}
interface Refund {
  readonly outRefundNo: string
  readonly status: string
}

const NEWEST = 400
const PAID = new Set(['transfer-paid', 'refund-paid'])
const FINAL = new Set(['SUCCESS', 'FAIL', 'CANCELLED', 'CLOSED'])

/** What WeChat's own books say, read on from where they were read before. */
export class WechatBooks {
  readonly #rig: RefundsRig
  readonly #bills = new Map<string, Bill>()
  readonly #refunds = new Map<string, Refund>()
  /** Every payment under a number. */
  readonly #paid = new Map<string, number[]>()
  #sequence = 0

  constructor(rig: RefundsRig) {
    this.#rig = rig
  }

  async read(): Promise<void> {
    const newest = { limit: NEWEST }
    for (const one of await this.#rig.pay<readonly Bill[]>('transfers', newest))
      this.#bills.set(one.outBillNo, one)
    for (const one of await this.#rig.pay<readonly Refund[]>('refunds', newest))
      this.#refunds.set(one.outRefundNo, one)
    const entries = await this.#rig.pay<readonly Entry[]>('ledger', newest)
    for (const { sequence, kind, number, amountFen } of entries.toReversed()) {
      if (sequence <= this.#sequence) continue
      this.#sequence = sequence
      if (PAID.has(kind)) this.#paid.set(number, [...(this.#paid.get(number) ?? []), amountFen])
    }
  }

  get paidNumbers(): readonly string[] {
    return [...this.#paid.keys()]
  }

  paid(number: string): readonly number[] {
    return this.#paid.get(number) ?? []
  }

  /** Undefined: it never heard of the number. */
  state(number: string): string | undefined {
    return this.#bills.get(number)?.state ?? this.#refunds.get(number)?.status
  }

  /** It may still be paid. */
  isLive(number: string): boolean {
    const state = this.state(number)
    return state !== undefined && !FINAL.has(state)
  }
}
