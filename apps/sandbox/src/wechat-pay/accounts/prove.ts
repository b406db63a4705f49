import { addFen, type Fen, fen } from '@zhangyi/core'
import type { Claim, PayPlatform } from '../platform.ts'
import { refundsOf, sumOf } from '../refunds/settle-refund.ts'
import { FINAL_STATES } from '../transfers/transfer.ts'
import type { EntryKind } from './ledger.ts'

export interface Violation {
  readonly kind:
    | 'money-made-or-lost'
    | 'paid-twice'
    | 'state-differs-from-money'
    | 'refunded-more-than-paid'
    | 'claim-paid-twice'
    | 'claim-overpaid'
  readonly key: string
  readonly message: string
}

export interface Proof {
  /** Fen that reached a payee, by number; numbers without a payment are left out. */
  readonly paidPerOutBillNo: Readonly<Record<string, Fen>>
  readonly refundedPerOutRefundNo: Readonly<Record<string, Fen>>
  /** Fen paid over all attempts of a claim, whichever route. */
  readonly paidPerBusinessKey: Readonly<Record<string, Fen>>
  readonly violations: readonly Violation[]
  /** Claims with two attempts that can both still be paid: not wrong yet. */
  readonly warnings: readonly Violation[]
}

/** What the books prove: nothing was paid twice, and every state agrees with the money. */
export function prove(platform: PayPlatform): Proof {
  const transfers = tally(platform, 'transfer-paid')
  const refunds = tally(platform, 'refund-paid')
  const settled = tally(platform, 'refund-paid', 'refund-to-merchant-card')
  const claims = [...platform.claims].map(([key, claim]) =>
    judge(platform, key, claim, { transfers: transfers.fen, refunds: refunds.fen }),
  )
  return {
    paidPerOutBillNo: Object.fromEntries(transfers.fen),
    refundedPerOutRefundNo: Object.fromEntries(refunds.fen),
    paidPerBusinessKey: Object.fromEntries(claims.map(({ key, paidFen }) => [key, paidFen])),
    violations: [
      ...booksOf(platform),
      ...[transfers, settled].flatMap(({ counts }) =>
        [...counts].filter(([, count]) => count > 1).map(([key, count]) => twice(key, count)),
      ),
      ...statesOf(platform, transfers.fen, settled.fen),
      ...ordersOf(platform),
      ...claims.flatMap(({ violations }) => violations),
    ],
    warnings: claims.flatMap(({ warnings }) => warnings),
  }
}

function tally({ ledger }: PayPlatform, ...kinds: readonly EntryKind[]) {
  // A Map, because a merchant may name a number `constructor`.
  const paid = new Map<string, Fen>()
  const counts = new Map<string, number>()
  for (const { kind, number, amountFen } of ledger.entries) {
    if (!kinds.includes(kind)) continue
    paid.set(number, addFen(paid.get(number) ?? fen(0), amountFen))
    counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  return { fen: paid, counts }
}

function booksOf({ ledger, transfers }: PayPlatform): readonly Violation[] {
  const found: Violation[] = []
  const say = (key: string, message: string) => found.push({ kind: 'money-made-or-lost', key, message })
  if (ledger.sum() !== 0) say('sum', `全部账户合计 ${ledger.sum()} 分，应为 0`)
  const open = transfers
    .all()
    .filter((one) => one.packageInfo !== undefined && !FINAL_STATES.includes(one.state))
  const locked = addFen(...open.map(({ amountFen }) => amountFen))
  if (ledger.complete && locked !== ledger.balance('locked'))
    say('locked', `未完成转账合计 ${locked} 分，锁定账户 ${ledger.balance('locked')} 分`)
  return found
}

function twice(key: string, count: number): Violation {
  return { kind: 'paid-twice', key, message: `同一单号付款 ${count} 次` }
}

function statesOf(
  platform: PayPlatform,
  paid: ReadonlyMap<string, Fen>,
  refunded: ReadonlyMap<string, Fen>,
): readonly Violation[] {
  // Entries that were dropped for age can not be compared any more.
  if (!platform.ledger.complete) return []
  const all = [
    ...platform.transfers.all().map((one) => ({
      ...{
        key: one.outBillNo,
        wanted: one.state === 'SUCCESS' ? one.amountFen : 0,
        got: paid.get(one.outBillNo),
      },
    })),
    ...platform.refunds.all().map((one) => ({
      key: one.outRefundNo,
      ...{ wanted: one.status === 'SUCCESS' ? one.refundFen : 0, got: refunded.get(one.outRefundNo) },
    })),
  ]
  return all
    .filter(({ wanted, got = 0 }) => wanted !== got)
    .map(({ key, wanted, got = 0 }) => ({
      ...{ kind: 'state-differs-from-money', key, message: `按状态应付 ${wanted} 分，实付 ${got} 分` },
    }))
}

function ordersOf(platform: PayPlatform): readonly Violation[] {
  return platform.orders
    .all()
    .map((order) => ({ order, refunded: sumOf(refundsOf(platform, order)) }))
    .filter(({ order, refunded }) => refunded > (order.paidMs === undefined ? 0 : order.totalFen))
    .map(({ order, refunded }) => ({
      kind: 'refunded-more-than-paid',
      key: order.outTradeNo,
      message: `订单 ${order.totalFen} 分，退款 ${refunded} 分`,
    }))
}

/**
 * What the books say was paid counts, also once the thing itself was let go for age, and so does its state. ABNORMAL
 * counts as paid: the money has left the merchant and must not be paid again by another way. What came back to the
 * merchant's own card paid nobody.
 */
function judge(
  platform: PayPlatform,
  key: string,
  { numbers, amountFen }: Claim,
  booked: { readonly transfers: ReadonlyMap<string, Fen>; readonly refunds: ReadonlyMap<string, Fen> },
) {
  const attempts = numbers.flatMap((number) => {
    const transfer = platform.transfers.byNumber(number)
    const refund = platform.refunds.byNumber(number)
    const transferFen = transfer?.amountFen ?? booked.transfers.get(number)
    const refundFen = refund?.refundFen ?? booked.refunds.get(number)
    return [
      ...(transferFen === undefined
        ? []
        : [
            {
              ...{ number, fen: transferFen },
              paid: booked.transfers.has(number) || transfer?.state === 'SUCCESS',
              live: transfer !== undefined && !FINAL_STATES.includes(transfer.state),
            },
          ]),
      ...(refundFen === undefined
        ? []
        : [
            {
              ...{ number, fen: refundFen, live: refund?.status === 'PROCESSING' },
              paid:
                booked.refunds.has(number) ||
                refund?.status === 'ABNORMAL' ||
                (refund?.status === 'SUCCESS' && !refund.toMerchantCard),
            },
          ]),
    ]
  })
  const paid = attempts.filter((one) => one.paid)
  const open = attempts.filter((one) => one.paid || one.live)
  const paidFen = addFen(...paid.map((one) => one.fen))
  const list = (some: readonly { readonly number: string }[]) => some.map(({ number }) => number).join('、')
  const violations: Violation[] = []
  const warnings: Violation[] = []
  if (paid.length > 1)
    violations.push({
      kind: 'claim-paid-twice',
      key,
      message: `同一笔退款付了 ${paid.length} 次：${list(paid)}`,
    })
  if (amountFen !== undefined && paidFen > amountFen)
    violations.push({ kind: 'claim-overpaid', key, message: `应付 ${amountFen} 分，实付 ${paidFen} 分` })
  if (paid.length <= 1 && open.length > 1)
    warnings.push({
      kind: 'claim-paid-twice',
      key,
      message: `同时有 ${open.length} 笔可能付款：${list(open)}`,
    })
  return { key, paidFen, violations, warnings }
}
