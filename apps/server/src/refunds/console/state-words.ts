import { explainFailReason, type FailDuty } from '@zhangyi/wechat-pay'
import type { Contradicted } from '../../payments/index.ts'
import { PAID_BY } from '../cases/leg-words.ts'
import { LEG_STATES } from '../legs/leg-states.ts'
import type { LegPhase } from '../refund-views.ts'
import type { CaseRow, LegRow, RefundWay } from '../tables.ts'

export type Colour = 'ok' | 'info' | 'warn' | 'bad' | 'none'

export interface StateWord {
  readonly word: string
  readonly colour: Colour
}

/** The two tags that never mix. */
export const ONE_SIDED = '单边订单（已失效，可重发）'
export const OVERDUE = '超时未决（不可重发）'

/** What a leg is shown as: its own state, or what of it a clerk has to know more than that. */
export const SHOWN_STATES = [...LEG_STATES, 'overdue', 'stopped', 'to-receive', 'withdrawing'] as const
export type ShownState = (typeof SHOWN_STATES)[number]

/** How a leg stands, for clerks: what may be reissued and what may not are never one. */
export function shownStateOf(
  { state }: Pick<LegRow, 'state'>,
  tag: string | null,
  phase: LegPhase,
): ShownState {
  if (tag === ONE_SIDED) return 'one-sided'
  if (phase === 'stopped') return 'stopped'
  if (tag === OVERDUE) return 'overdue'
  if (state !== 'paying') return state
  return phase === 'to-receive' || phase === 'withdrawing' ? phase : state
}

/** The words of it; the console has the same in its own dictionary. */
export function stateOfLeg(leg: Pick<LegRow, 'state'>, tag: string | null, phase: LegPhase): StateWord {
  const shown = shownStateOf(leg, tag, phase)
  return SHOWN_WORDS[shown]
}

const LEG_WORDS: Readonly<Record<LegRow['state'], StateWord>> = {
  'no-funds': { word: '等待资金', colour: 'warn' },
  holding: { word: '正在冻结', colour: 'info' },
  paying: { word: '付款中', colour: 'info' },
  'one-sided': { word: ONE_SIDED, colour: 'bad' },
  confirming: { word: '已付，待医院核销', colour: 'info' },
  releasing: { word: '正在退回余额', colour: 'info' },
  paid: { word: '已到账', colour: 'ok' },
  'settled-at-window': { word: '窗口付讫', colour: 'ok' },
  released: { word: '已退回余额', colour: 'none' },
  refused: { word: '医院没有受理', colour: 'none' },
  lapsed: { word: '没有再试，已过期', colour: 'none' },
}

export const SHOWN_WORDS: Readonly<Record<ShownState, StateWord>> = {
  ...LEG_WORDS,
  overdue: { word: OVERDUE, colour: 'warn' },
  stopped: { word: '需要人处理', colour: 'bad' },
  'to-receive': { word: '待患者确认', colour: 'info' },
  withdrawing: { word: '正在撤销', colour: 'info' },
}

export const WAY_WORDS: Readonly<Record<RefundWay, string>> = { original: '预交金退费', face: '人脸核验退款' }
export const ROUTE_WORDS: Readonly<Record<LegRow['route'], string>> = {
  original: '原路退款',
  transfer: '商家转账',
}
export const CASE_WORDS: Readonly<Record<CaseRow['state'], StateWord>> = {
  open: { word: '办理中', colour: 'info' },
  closed: { word: '已办完', colour: 'none' },
}

// By the happenings of legs, and the two that a leg begins with.
const STEPS = new Map(
  Object.entries({
    ...{ applied: '患者申请，资金已预留', 'turned-away': '患者申请，商户号余额不足' },
    ...{ funded: '再次申请，资金已预留', lapsed: '没有再试，申请过期' },
    ...{ held: '医院已冻结', 'not-held': '医院没有受理', unpayable: '充值订单已不够退，退回余额' },
    ...{ paid: '微信查询：已付', 'paid-out': '微信查询：已付，医院已扣减' },
    ...{ unpaid: '微信查询：没有付出，已失效', unfunded: '商户号余额不足，退回余额' },
    ...{ failed: '没有付成，退回余额', reissued: '生成新订单号退款', 'given-up': '人工退回余额' },
    ...{ confirmed: '医院已核销', released: '医院已解冻', 'released-to-retry': '医院已解冻，可以再试' },
    stranded: '医院不能冲回，仍在途：重发，或在窗口付讫',
    'settled-at-window': '窗口付讫，不能再付',
  }),
)

export function stepWord(happening: string): string {
  return STEPS.get(happening) ?? happening
}

const ATTEMPTS = new Map<string, StateWord>([
  ['stored', { word: '待发送', colour: 'none' }],
  ['asked', { word: '已发送', colour: 'info' }],
  ['yes', { word: '微信已受理', colour: 'info' }],
  ['no', { word: '微信拒绝', colour: 'warn' }],
  ['unknown', { word: '结果不明，等查询', colour: 'warn' }],
])
const QUERIED = new Map<string, StateWord>([
  ['ACCEPTED', { word: '已受理', colour: 'info' }],
  ['PROCESSING', { word: '处理中', colour: 'info' }],
  ['WAIT_USER_CONFIRM', { word: '待患者确认', colour: 'info' }],
  ['TRANSFERING', { word: '转账中', colour: 'info' }],
  ['CANCELING', { word: '撤销中', colour: 'info' }],
  ['CANCELLED', { word: '已撤销', colour: 'none' }],
  ['FAIL', { word: '没有付出', colour: 'bad' }],
  ['SUCCESS', { word: '已付', colour: 'ok' }],
  ['CLOSED', { word: '已关闭', colour: 'bad' }],
  ['ABNORMAL', { word: '退款异常', colour: 'bad' }],
  ['NOT_FOUND', { word: '没有这个单号', colour: 'none' }],
])

/** Of one number: what a query said goes before what its sending said. */
export function stateOfNumber(state: string, queried: string | undefined): StateWord {
  const code = queried ?? state
  return (queried === undefined ? ATTEMPTS : QUERIED).get(code) ?? { word: code, colour: 'none' }
}

const DUTIES: Readonly<Record<FailDuty, string>> = {
  counter: '收款人和患者不符，不能再向这个微信付款',
  'patient-fixes': '患者的微信支付账户不能收款，请患者先在微信里处理好',
  'wait-or-split': '患者的收款额度已满，过后再重发',
  'other-account': '收款银行卡有问题，请患者改收到零钱',
  operator: '商户号的配置或权限有问题，先处理好再重发',
  reissue: '没有别的问题，可以重发',
  review: '请核对原因之后再决定',
}
const FAILS = new Map(
  Object.entries({
    ...{ OVERDUE_CLOSE: '患者超过 24 小时没有确认', CANCELLED: '已撤销', MCH_CANCEL: '已撤销' },
    ...{ NAME_NOT_CORRECT: '收款微信的实名和患者不一致', CLOSED: '微信关闭了退款' },
    ...{ 'not-enough': '商户号余额不足', 'not-refundable': '充值订单不够退' },
    ...{ 'no-reversal': '医院系统没有冲红接口', ...PAID_BY },
  }),
)

/** What a code of WeChat or of the HIS means for the clerk. */
export function failWord(code: string): string {
  const known = FAILS.get(code)
  if (known !== undefined) return known
  const { known: isWechats, duty } = explainFailReason(code)
  return isWechats ? DUTIES[duty] : code
}

const PROBLEMS = new Map(
  Object.entries({
    abnormal: '退款异常：原来的账户收不了，改退患者本人的银行卡',
    mismatch: '微信查到的和我们发出的不一致，请与商户平台核对',
    contradicted: '微信前后说法矛盾，请与商户平台和账单核对',
    'past-query': '超过微信可以查询的时间，等账单或在商户平台核对',
    'other-merchant': '当时的商户号已不是现在配置的，请核对配置',
  }),
)

/** Why a payout waits for a person. */
export function problemWord(code: string): string {
  return PROBLEMS.get(code) ?? failWord(code)
}

/** The same, where WeChat contradicts an end: in its own words, and whether somebody dealt with it. */
export function contradictionWord(of: Partial<Contradicted> = {}): string {
  const { contradiction, problemDoneAtMs } = of
  const told =
    problemDoneAtMs === undefined ? problemWord('contradicted') : '微信前后说法矛盾，已标记为已处理'
  return contradiction === undefined ? told : `${told}（微信后来说 ${contradiction}）`
}

const CONTRADICTIONS = new Map([
  ['contradicted: given back', '已经付给患者，医院系统却说已解冻：患者可能得了两次，请与医院系统核对'],
  ['contradicted: paid out', '没有付给患者，医院系统却说已核销：请与医院系统核对'],
  ['contradicted: may be paid', '要退回余额，微信却前后矛盾，可能已付：请与商户平台和账单核对'],
])

/** Why a leg that the system works on does not go on. */
export function lastProblemWord(problem: string): string {
  if (problem.startsWith('failed: '))
    return `网关没有办成（${problem.slice('failed: '.length)}），请信息科看配置和日志`
  return CONTRADICTIONS.get(problem) ?? `医院系统：${problem}`
}

export const NOTICE_STATES: Readonly<Record<string, StateWord>> = {
  queued: { word: '待发送', colour: 'none' },
  sending: { word: '发送中', colour: 'info' },
  accepted: { word: '微信已接收', colour: 'info' },
  delivered: { word: '已送达', colour: 'ok' },
  failed: { word: '没有送达', colour: 'warn' },
  unknown: { word: '不知道是否送达', colour: 'warn' },
  unreachable: { word: '没有渠道可达', colour: 'warn' },
}

/** `operator:wang`, `user:…` or nobody: who did it. */
export function actorWord(actor: string | null): string {
  if (actor === null) return '系统'
  if (actor.startsWith('operator:')) return actor.slice('operator:'.length)
  return actor.startsWith('user:') ? '患者' : '系统'
}

const BY_PATIENT = new Set(['applied', 'turned-away'])

/** Of a step: what a leg begins with is the patient's own doing, and names nobody. */
export function stepActor(happening: string, actor: string | null): string {
  return actor === null && BY_PATIENT.has(happening) ? '患者' : actorWord(actor)
}
