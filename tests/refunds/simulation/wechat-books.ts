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
interface OnItsWay {
  readonly operation: string
  readonly request: { readonly body: { readonly out_bill_no?: string; readonly out_refund_no?: string } }
}
interface Refund {
  readonly outRefundNo: string
  readonly status: string
}

const NEWEST = 400
const PAID = new Set(['transfer-paid', 'refund-paid'])
const CREATES = new Set(['create-transfer', 'create-refund'])
const FINAL = new Set(['SUCCESS', 'FAIL', 'CANCELLED', 'CLOSED'])

/** What WeChat's own books say, read on from where they were read before. */
export class WechatBooks {
  readonly #rig: RefundsRig
  readonly #bills = new Map<string, Bill>()
  readonly #refunds = new Map<string, Refund>()
  /** Every payment under a number. */
  readonly #paid = new Map<string, number[]>()
  #underWay = new Set<string | undefined>()
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
    const underWay = await this.#rig.pay<readonly OnItsWay[]>('under-way')
    this.#underWay = new Set(
      underWay
        .filter(({ operation }) => CREATES.has(operation))
        .map(({ request: { body } }) => body.out_bill_no ?? body.out_refund_no),
    )
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

  /** A sending under it was held up, and is still to arrive. */
  isUnderWay(number: string): boolean {
    return this.#underWay.has(number)
  }

  /** It may still be paid. */
  isLive(number: string): boolean {
    const state = this.state(number)
    return state !== undefined && !FINAL.has(state)
  }
}
