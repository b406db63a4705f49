import { PAID_BY } from '../cases/leg-words.ts'
import type { BillDecisionRow, WindowPaymentRow } from '../tables.ts'
import type { LegDetail } from './case-detail.ts'
import { actorWord, failWord, stepActor, stepWord } from './state-words.ts'

/** One line of what happened to a leg, in the words of the desk. */
export interface LegEvent {
  readonly atMs: number
  readonly what: string
  readonly who: string
  readonly why: string | null
  /** The state after it; null: it changed none. */
  readonly state: string | null
}

/** Asked, agreed, done: in the order in which they make sense where they are of one moment. */
export function historyOf({
  steps,
  requests,
  billDecisions,
  windowPayments,
  contradictionsDone,
}: Pick<
  LegDetail,
  'steps' | 'requests' | 'billDecisions' | 'windowPayments' | 'contradictionsDone'
>): readonly LegEvent[] {
  const asked = requests.map(({ asked_at_ms, asked_by, reason }) => ({
    ...{ atMs: asked_at_ms, what: '申请生成新订单号退款', who: asked_by, why: reason, state: null },
  }))
  const decided = requests.flatMap(({ decided_at_ms, decided_by, decided_why, state }) =>
    decided_at_ms === null || decided_by === null || decided_by.startsWith('system:')
      ? []
      : [
          {
            ...{ atMs: decided_at_ms, what: state === 'done' ? '复核同意' : '复核不同意' },
            ...{ who: decided_by, why: decided_why, state: null },
          },
        ],
  )
  const changed = steps.map(({ at_ms, happening, state, detail, actor }) => ({
    ...{ atMs: at_ms, what: stepWord(happening), who: stepActor(happening, actor), state },
    why: detail === null ? null : failWord(detail),
  }))
  const bills = billDecisions.flatMap((one) => [
    {
      ...{ atMs: one.asked_at_ms, what: `按账单提出：${billSays(one)}`, who: one.asked_by },
      ...{ why: one.reason, state: null },
    },
    ...secondOf(one),
  ])
  const windows = windowPayments.flatMap((one) => [
    {
      ...{ atMs: one.asked_at_ms, what: `提出窗口付讫：${windowSays(one)}`, who: one.asked_by },
      ...{ why: one.reason, state: null },
    },
    ...secondOf(one),
  ])
  const marked = contradictionsDone.map(({ atMs, by, contradiction, reason }) => ({
    ...{ atMs, what: `标记为已处理：微信说 ${contradiction}`, who: actorWord(by), why: reason, state: null },
  }))
  return [...asked, ...bills, ...windows, ...decided, ...changed, ...marked].toSorted(
    (left, right) => left.atMs - right.atMs,
  )
}

/** The second person's word, where there was one. */
function secondOf({
  decided_at_ms,
  decided_by,
  state,
}: Pick<BillDecisionRow, 'decided_at_ms' | 'decided_by' | 'state'>): readonly LegEvent[] {
  if (decided_at_ms === null || decided_by === null || decided_by.startsWith('system:')) return []
  const what = state === 'done' ? '复核同意' : '复核不同意'
  return [{ atMs: decided_at_ms, what, who: decided_by, why: null, state: null }]
}

export function windowSays({
  how,
  voucher,
  paid_on,
}: Pick<WindowPaymentRow, 'how' | 'voucher' | 'paid_on'>): string {
  return `${PAID_BY[how]}，凭证号 ${voucher}，${paid_on} 付`
}

function billSays({ paid, bill_from, bill_to, bill_line }: BillDecisionRow): string {
  return paid ? `已付，${bill_from} 第 ${bill_line} 行` : `没有付，${bill_from} 至 ${bill_to} 没有这一笔`
}
