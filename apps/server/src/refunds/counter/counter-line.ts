import { assertNever, fen, formatShanghai, formatYuan, HOUR_MS } from '@zhangyi/core'
import { explainFailReason } from '@zhangyi/wechat-pay'
import type { LegFacts } from '../cases/leg-view.ts'
import { windowSays } from '../console/leg-history.ts'
import { tagOf } from '../console/list-open-legs.ts'
import { failWord, OVERDUE, ROUTE_WORDS } from '../console/state-words.ts'

export type CounterTone = 'ok' | 'info' | 'warn' | 'bad' | 'plain'

/** One sum of a refund as a clerk reads it out. */
export interface CounterLine {
  /** What became of it, in one sentence. */
  readonly sentence: string
  /** What to tell the patient to do now. */
  readonly next: string
  readonly tone: CounterTone
}

interface Facts extends Omit<LegFacts, 'hospital'> {
  /** Whether the HIS can take back what it holds, or took out. */
  readonly canGiveBack: boolean
}

/** What became of it, after 「张*三，2026-11-20 申请 128.50 元，微信转账，」; and what follows. */
type Said = readonly [clause: string, next: string, tone: CounterTone]

const CONFIRM_WITHIN_MS = 24 * HOUR_MS
const NEVER_TWICE = '不要重新申请，也不要在窗口退这笔钱，否则会付两次。'

/** The one sentence of a refund for the counter, with the name as it may be said aloud: masked. */
export function counterLine(facts: Facts, maskedName: string): CounterLine {
  const { leg, of } = facts
  const [clause, next, tone] = said(facts)
  const day = formatShanghai(of.created_at_ms).slice(0, 10)
  const route = leg.route === 'transfer' ? '微信转账' : ROUTE_WORDS.original
  return {
    sentence: `${maskedName}，${day} 申请 ${formatYuan(fen(leg.amount_fen))} 元，${route}，${clause}。`,
    ...{ next, tone },
  }
}

function said(facts: Facts): Said {
  const { leg, of, nowMs } = facts
  switch (leg.state) {
    case 'no-funds':
      return noFunds(of.retry_until_ms, nowMs)
    case 'holding':
      return ['正在请医院系统冻结余额', '请患者稍候，不要重复申请；十分钟后还是这样，请联系信息科。', 'info']
    case 'paying':
      return paying(facts)
    case 'one-sided':
      return oneSided(facts)
    case 'confirming':
    case 'paid':
      return paid(facts)
    case 'settled-at-window':
      return [
        `已在窗口付讫${facts.atWindow ? `（${windowSays(facts.atWindow)}）` : ''}`,
        '请核对凭证。这笔钱已经付给患者，不要再付；患者说没有收到，请联系财务。',
        'ok',
      ]
    case 'releasing':
      return leg.after_release === 'retry'
        ? ['医院的付款账户余额不足，正在退回门诊余额', '退回之后患者可以在“我的退款”里再试一次。', 'info']
        : ['没有付款，正在退回门诊余额', '请稍后再查；退回之后可以再次申请。', 'info']
    case 'released':
      return [
        `没有付款，已退回门诊余额${leg.fail === null ? '' : `（${failWord(leg.fail)}）`}`,
        leg.fail === 'NAME_NOT_CORRECT'
          ? '请患者换本人实名的微信再申请，或走线下申请。'
          : '钱在门诊余额里，可以再次申请，或在窗口办理。',
        'plain',
      ]
    case 'refused':
      return [
        '医院系统没有受理，没有扣余额',
        '请核对门诊余额和可退金额，患者可以再次申请，或在窗口办理。',
        'plain',
      ]
    case 'lapsed':
      return ['没有再试，申请已过期，没有扣余额', '需要退款请患者重新申请。', 'plain']
    default:
      return assertNever(leg.state, 'state')
  }
}

function noFunds(retryUntilMs: number | null, nowMs: number): Said {
  const again =
    retryUntilMs !== null && nowMs < retryUntilMs
      ? `请患者过后在“我的退款”里点“再试一次”，${minute(retryUntilMs)} 前不用重做人脸核验；资金到了会通知患者。`
      : '请患者重新申请。'
  return ['医院的付款账户余额不足，没有扣余额', again, 'warn']
}

function paying(facts: Facts): Said {
  const { leg, transfer, refund, nowMs } = facts
  if (refund?.state === 'needs-person' && refund.problem === 'abnormal')
    return [
      '原来的付款账户收不了，钱还在微信支付，没有丢',
      `请患者提供本人的银行卡，交给财务办“异常退款改退银行卡”。${NEVER_TWICE}`,
      'bad',
    ]
  if (transfer?.state === 'needs-person' || refund?.state === 'needs-person')
    return ['微信的答复要财务核对，钱没有丢', `请联系财务。${NEVER_TWICE}`, 'bad']
  if (tagOf(leg, nowMs) === OVERDUE)
    return ['超过 24 小时，微信还没有最后的结果，系统一直在查', `请患者再等。${NEVER_TWICE}`, 'warn']
  if (transfer?.isCancelWished)
    return ['患者已撤回，正在请微信撤销', '撤销之后钱退回门诊余额，请稍后再查。', 'info']
  if (transfer?.state === 'to-confirm') {
    const until = transfer.sentAtMs === undefined ? undefined : transfer.sentAtMs + CONFIRM_WITHIN_MS
    return [
      `等待患者在微信里点“确认收款”${until === undefined ? '' : `，${minute(until)} 前有效`}`,
      '请患者用申请时的微信打开“我的退款”，点“接收退款”，再点“确认收款”。不点，钱不会到账。',
      'info',
    ]
  }
  return leg.route === 'original'
    ? ['微信正在按原来的付款方式退回', '零钱一般 5 分钟内到账，银行卡 1–3 个工作日到账，请患者留意。', 'info']
    : ['微信正在处理', '请患者稍候，不要重复申请。', 'info']
}

function oneSided({ leg, canGiveBack }: Facts): Said {
  const giveBack = canGiveBack ? '或者请财务退回门诊余额' : '或者请财务在窗口付给患者（窗口付讫）'
  if (explainFailReason(leg.fail ?? undefined).duty === 'counter')
    return [
      '接收退款的微信不是患者本人实名的，没有付款，钱还为患者留着',
      canGiveBack
        ? '请财务退回门诊余额；患者换本人实名的微信再申请，或走线下申请。'
        : '医院系统不能退回门诊余额，请财务在窗口付给患者本人（窗口付讫）。',
      'bad',
    ]
  if (leg.fail === 'OVERDUE_CLOSE')
    return [
      '患者超过 24 小时没有确认，已失效，钱还为患者留着',
      `请财务重新发起，患者收到通知之后再确认；${giveBack}。`,
      'warn',
    ]
  return [
    `没有付成${leg.fail === null ? '' : `（${failWord(leg.fail)}）`}，钱还为患者留着`,
    `请财务处理：重新发起，${giveBack}。`,
    'bad',
  ]
}

function paid({ leg, refund }: Facts): Said {
  const when = leg.paid_at_ms === null ? '' : `${minute(leg.paid_at_ms)} `
  if (leg.route === 'transfer')
    return [
      `${when}已付到患者的微信零钱`,
      '请患者在微信“我 → 服务 → 钱包 → 零钱明细”里看。没有看到，请核对是不是申请时的微信。',
      'ok',
    ]
  return [
    `${when}已退回${refund?.account ?? '原来的付款账户'}`,
    '零钱一般 5 分钟内到账，银行卡 1–3 个工作日到账。请患者看当时付款的账户。',
    'ok',
  ]
}

/** `11-21 10:03`. */
function minute(ms: number): string {
  return formatShanghai(ms).slice(5, 16)
}
