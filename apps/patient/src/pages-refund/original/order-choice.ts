import type { OriginalOrder, OriginalOrders } from '../../api/refund-types.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'
import { yuan } from '../../visitor/yuan.ts'
import { plainYuan, readAmount } from '../shared/amount.ts'
import { msWords } from '../shared/case-words.ts'

/** The gateway takes no more in one refund. */
export const MOST_ORDERS = 20

/** What most people want: everything, as far as the balance still has it; the newest recharge first. */
export function firstChoice({ balance, orders }: OriginalOrders): Readonly<Record<string, string>> {
  let leftFen = balance.refundableFen
  const amounts: [string, string][] = []
  for (const { id, refundableFen } of orders.slice(0, MOST_ORDERS)) {
    const takenFen = Math.min(leftFen, refundableFen)
    if (takenFen > 0) amounts.push([id, plainYuan(takenFen)])
    leftFen -= takenFen
  }
  return Object.fromEntries(amounts)
}

const dayOf = (ms: number) => msWords(ms).split(' ')[0] ?? ''

/** An order to tick. `typed`: yuan as they stand in its field; undefined: not ticked. */
export function orderRow(
  { id, paidAtMs, paidFen, refundedFen, refundableFen, untilMs }: OriginalOrder,
  typed: string | undefined,
  checked: boolean,
) {
  const amount = readAmount(typed ?? '', refundableFen)
  return {
    id,
    title: dayOf(paidAtMs),
    lines: [
      [texts.orderPaid(yuan(paidFen)), refundedFen > 0 ? texts.orderRefunded(yuan(refundedFen)) : '']
        .filter(Boolean)
        .join(' · '),
      texts.orderUntil(dayOf(untilMs)),
    ],
    refundable: yuan(refundableFen),
    label: texts.pickOrder(dayOf(paidAtMs), yuan(refundableFen)),
    amountLabel: texts.amountOf(yuan(refundableFen)),
    picked: typed !== undefined,
    typed: typed ?? '',
    amountFen: typed !== undefined && amount.ok ? amount.amountFen : 0,
    problem: typed !== undefined && checked && !amount.ok ? amount.problem : '',
  }
}

export type OrderRow = ReturnType<typeof orderRow>
