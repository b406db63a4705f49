import { explainFailReason } from '@zhangyi/wechat-pay'
import { isSameOperator } from '../../platform/operators/same-operator.ts'
import { isEnd } from '../legs/leg-states.ts'
import type { BillFacts } from './bill/bill-decisions.ts'
import type { LegDetail } from './case-detail.ts'
import type { WindowFacts } from './window/window-payments.ts'

/** What a person may do about a leg now; the operations themselves look again, and ask WeChat. */
export interface LegActs {
  /** 生成新订单号退款: at once, or with a second person. Null: not now, and `barred` says why where it is not plain. */
  readonly reissue: 'now' | 'second' | null
  /** Somebody asked for it, and it waits; `mayDecide`: who looks is another one. */
  readonly review: { readonly askedBy: string; readonly reason: string; readonly askedAtMs: number } | null
  readonly mayDecide: boolean
  readonly giveBack: boolean
  /** 异常退款改退银行卡. */
  readonly abnormal: boolean
  /** 按账单定结果: WeChat answers no query any more. */
  readonly bill: 'now' | 'second' | null
  readonly billReview:
    | (Pick<BillFacts, 'paid' | 'billFrom' | 'billTo' | 'billLine'> & {
        readonly reason: string
        readonly askedBy: string
        readonly askedAtMs: number
      })
    | null
  /** 窗口付讫: the HIS cannot take it back. Always by two people. */
  readonly window: boolean
  readonly windowReview:
    | (WindowFacts & { readonly reason: string; readonly askedBy: string; readonly askedAtMs: number })
    | null
  /** What WeChat said against its end, as long as nobody dealt with it: 标记为已处理. */
  readonly contradiction: string | null
  readonly barred: string | null
}

const NOTHING: LegActs = {
  ...{ reissue: null, review: null, mayDecide: false, giveBack: false, abnormal: false, barred: null },
  ...{ bill: null, billReview: null, window: false, windowReview: null, contradiction: null },
}
const WRONG_PAYEE = '这个微信不是患者本人实名的微信，不能再向它付款：'
const NEVER_PAID = '没有发出过付款，没有单号可以重发：'
const THEN_GIVE_BACK = '请退回余额，患者可以换本人的微信再申请，或走线下申请。'
const THEN_WINDOW = '医院系统也不能退回余额。请在窗口付给患者本人，由两个人办理“窗口付讫”。'
const UNDECIDED =
  '超过 24 小时，微信还没有最后的结果。系统一直在查询，最长 30 天，之后以账单为准；现在重发会付两次，所以不能重发。'

/** Who looks, from which amount on a second person has to agree, and what the HIS of the hospital can. */
export interface Looking {
  readonly operator: string
  readonly secondPersonFromFen: number
  readonly canGiveBack: (leg: LegDetail['leg']) => boolean
}

const UNANSWERED =
  '超过 30 天，微信不再答复查询，也没有最后的结果：不能重发，也不能退回。请按运营账户的资金账单定结果。'

export function actsOn(detail: LegDetail, looking: Looking): LegActs {
  const { leg, tag, problem } = detail
  if (detail.isForBill) return byBill(detail, looking)
  if (leg.state === 'paying') {
    const isAbnormal = leg.route === 'original' && problem === 'abnormal'
    return { ...NOTHING, abnormal: isAbnormal, barred: tag === null || isAbnormal ? null : UNDECIDED }
  }
  if (isEnd(leg.state)) return { ...NOTHING, contradiction: openContradiction(detail) }
  return leg.state === 'one-sided' ? ofOneSided(detail, looking) : NOTHING
}

/** Told of a payout that has an end: of the others nobody says that they are dealt with. */
function openContradiction({ contradicted }: Pick<LegDetail, 'contradicted'>): string | null {
  return contradicted?.problemDoneAtMs === undefined ? (contradicted?.contradiction ?? null) : null
}

/** Another number, back to the balance, or over the counter: whatever is asked for and waits goes before the others. */
function ofOneSided(
  { leg, requests, windowPayments }: LegDetail,
  { operator, secondPersonFromFen, canGiveBack }: Looking,
): LegActs {
  const atWindow = windowPayments.find(({ state }) => state === 'waiting')
  if (atWindow)
    return {
      ...{ ...NOTHING, mayDecide: !isSameOperator(atWindow.asked_by, operator) },
      windowReview: {
        ...{ how: atWindow.how, voucher: atWindow.voucher, paidOn: atWindow.paid_on },
        ...{ reason: atWindow.reason, askedBy: atWindow.asked_by, askedAtMs: atWindow.asked_at_ms },
      },
    }
  const giveBack = canGiveBack(leg)
  const open = { ...NOTHING, giveBack, window: !giveBack }
  const waiting = requests.find(({ state }) => state === 'waiting')
  if (waiting)
    return {
      ...{ ...open, mayDecide: !isSameOperator(waiting.asked_by, operator) },
      review: { askedBy: waiting.asked_by, reason: waiting.reason, askedAtMs: waiting.asked_at_ms },
    }
  const then = giveBack ? THEN_GIVE_BACK : THEN_WINDOW
  if (explainFailReason(leg.fail ?? undefined).duty === 'counter')
    return { ...open, barred: `${WRONG_PAYEE}${then}` }
  if (leg.payout_id === null) return { ...open, barred: `${NEVER_PAID}${then}` }
  return { ...open, reissue: leg.amount_fen >= secondPersonFromFen ? 'second' : 'now' }
}

function byBill({ leg, billDecisions }: LegDetail, { operator, secondPersonFromFen }: Looking): LegActs {
  const waiting = billDecisions.find(({ state }) => state === 'waiting')
  if (!waiting)
    return {
      ...{ ...NOTHING, barred: UNANSWERED },
      bill: leg.amount_fen >= secondPersonFromFen ? 'second' : 'now',
    }
  return {
    ...{ ...NOTHING, barred: UNANSWERED, mayDecide: !isSameOperator(waiting.asked_by, operator) },
    billReview: {
      ...{ paid: waiting.paid, billFrom: waiting.bill_from, billTo: waiting.bill_to },
      ...{ billLine: waiting.bill_line, reason: waiting.reason },
      ...{ askedBy: waiting.asked_by, askedAtMs: waiting.asked_at_ms },
    },
  }
}
