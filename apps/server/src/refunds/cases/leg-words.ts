import { assertNever } from '@zhangyi/core'
import { explainFailReason } from '@zhangyi/wechat-pay'
import type { LegPhase } from '../refund-views.ts'
import type { WindowPaymentRow } from '../tables.ts'
import type { LegFacts } from './leg-view.ts'

/** The state in a few words, the same everywhere. */
export const LEG_TITLES: Readonly<Record<LegPhase, string>> = {
  processing: '处理中',
  'not-enough': '暂时不能退',
  'to-receive': '待接收',
  withdrawing: '正在退回余额',
  expired: '已失效',
  stopped: '需要医院处理',
  paid: '已退款',
  'paid-at-window': '已在窗口退给您',
  returned: '已退回余额',
  refused: '没有受理',
}

export const PAID_BY: Readonly<Record<WindowPaymentRow['how'], string>> = {
  cash: '现金',
  'bank-transfer': '银行转账',
}

/** The list's sentence, word for word: only after a query said that the transfer was paid. */
export const TRANSFER_PAID = '您的预交金退款申请已成功办理，金额将在5-30分钟内退还至当前微信钱包余额'
export const NOT_ENOUGH = '商户号余额不足，请稍后再试'

/** What happened and what to do next, for the patient. */
export function legMessage(phase: LegPhase, facts: LegFacts): string {
  const { leg, hospital } = facts
  const ask = `请拨打 ${hospital.phone}，或到${hospital.counter}办理`
  switch (phase) {
    case 'processing':
      return leg.route === 'original'
        ? `正在按原来的付款方式退回，请稍后来看结果。`
        : '正在处理，请稍候，不要重复申请。'
    case 'not-enough':
      return NOT_ENOUGH
    case 'to-receive':
      return '请点“接收退款”，并在微信页面点“确认收款”。没有确认之前，钱不会到账；24 小时内没有确认，这次退款会失效。'
    case 'withdrawing':
      return '正在把这笔钱退回您的门诊余额。'
    case 'expired':
      return `超过 24 小时没有确认收款，这笔退款已失效，钱仍为您保留。医院会重新发起；您也可以${ask.slice(1)}。`
    case 'stopped':
      return stoppedMessage(facts, ask)
    case 'paid':
      return leg.route === 'transfer' ? TRANSFER_PAID : paidBack(facts)
    case 'paid-at-window':
      return paidAtWindow(facts, ask)
    case 'returned':
      return `${returnedBecause(leg.fail)}这笔钱已退回您的门诊余额。${nextWay(leg.fail, ask)}`
    case 'refused':
      return leg.state === 'lapsed'
        ? '这次申请已过期，没有扣您的余额。需要退款请重新申请。'
        : `医院系统没有受理这笔退款，没有扣您的余额。可能是余额刚刚有变动，请重新查询；仍不行，${ask}。`
    default:
      return assertNever(phase)
  }
}

/** On the original route: when it is there depends on whither it goes. */
function paidBack({ refund }: LegFacts): string {
  const account = refund?.account
  if (account === undefined) return '已退回原来的付款账户。零钱一般 5 分钟内到账，银行卡 1–3 个工作日到账。'
  return account.includes('零钱')
    ? `已退回${account}，一般 5 分钟内到账。`
    : `已退回${account}，银行卡 1–3 个工作日到账。`
}

/** Handed over by two people's word: who did not get it should say so. */
function paidAtWindow({ atWindow }: LegFacts, ask: string): string {
  if (!atWindow) return `医院已把这笔钱在窗口付给您。没有收到，${ask}。`
  const { how, paid_on, voucher } = atWindow
  return `医院 ${paid_on} 已用${PAID_BY[how]}付给您，凭证号 ${voucher}。没有收到，${ask}。`
}

function stoppedMessage({ leg, transfer, refund }: LegFacts, ask: string): string {
  if (refund?.problem === 'abnormal')
    return `原来的付款账户收不了这笔钱，钱还在微信支付，没有丢。医院会联系您换一张银行卡接收；也可以${ask.slice(1)}。`
  if (transfer?.state === 'needs-person' || refund?.state === 'needs-person')
    return `这笔退款需要医院核对，钱没有丢，请不要重复申请。${ask}。`
  const { duty } = explainFailReason(leg.fail ?? undefined)
  switch (duty) {
    case 'patient-fixes':
      return `您的微信支付账户暂时不能收款（例如没有实名，或账户受限）。请在微信里处理好，再${ask.slice(1)}，由医院重新发起。`
    case 'wait-or-split':
      return `您的微信今天或这个月的收款额度已满，请过后${ask.slice(1)}，由医院重新发起。`
    case 'other-account':
      return `收款的银行卡有问题。请改收到零钱，${ask}，由医院重新发起。`
    case 'counter':
    case 'operator':
    case 'reissue':
    case 'review':
      return `这笔退款没有付成，钱仍为您保留，医院会处理。${ask}。`
    default:
      return assertNever(duty)
  }
}

function returnedBecause(fail: string | null): string {
  if (fail === 'NAME_NOT_CORRECT') return '接收退款的微信不是患者本人实名的微信，微信没有付款。'
  if (fail === null || fail === 'CANCELLED' || fail === 'MCH_CANCEL') return ''
  return '退款没有付成。'
}

function nextWay(fail: string | null, ask: string): string {
  if (fail === 'NAME_NOT_CORRECT')
    return `请用患者本人实名的微信重新申请，或提交线下退款申请；也可以${ask.slice(1)}。`
  if (fail?.includes('USER_ACCOUNT_ABNORMAL')) return '原来的付款账户已注销，可以改用“人脸核验退款”。'
  if (fail === null || fail === 'CANCELLED' || fail === 'MCH_CANCEL') return '需要时可以再次申请。'
  return `${ask}。`
}
