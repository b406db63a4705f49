import { z } from 'zod'
import type { CaseDetail, LegDetail } from './case-detail.ts'
import { actsOn, type Looking } from './leg-acts.ts'
import { historyOf } from './leg-history.ts'
import { sumsOf } from './leg-sums.ts'
import { type ListedLeg, tagOf } from './list-open-legs.ts'
import {
  contradictionWord,
  failWord,
  lastProblemWord,
  problemWord,
  SHOWN_STATES,
  shownStateOf,
} from './state-words.ts'

const nullableMs = z.int().nullable()
const nullableText = z.string().nullable()

const listedLegSchema = z.object({
  ...{ legId: z.string(), caseId: z.string(), way: z.string(), route: z.string() },
  ...{ amountFen: z.int(), state: z.string(), tag: nullableText, fail: nullableText },
  ...{ problem: nullableText, createdAtMs: z.int(), changedAtMs: z.int(), taskAtMs: nullableMs },
})
export const listedLegsSchema = z.object({ legs: z.array(listedLegSchema), next: z.string().nullable() })

const attemptSchema = z.object({
  number: z.string(),
  kind: z.enum(['create', 'abnormal']).describe('abnormal：发起异常退款，单号不变'),
  ...{ createdAtMs: z.int(), sentAtMs: nullableMs, sendings: z.int(), state: z.string() },
  queriedState: nullableText.describe('最近一次查询：微信说的状态'),
  lastProblem: nullableText.describe('微信最近一次不是“成功”的答复'),
  requestId: nullableText.describe('微信最近一次答复的 Request-ID'),
  replaces: nullableText.describe('接替哪一个已失效的单号'),
})

const windowFacts = {
  how: z.enum(['cash', 'bank-transfer']),
  ...{ voucher: z.string().describe('凭证号'), paidOn: z.string().describe('哪一天付的') },
}

const actsSchema = z.object({
  reissue: z.enum(['now', 'second']).nullable().describe('生成新订单号退款；second：要第二个人复核'),
  review: z.object({ askedBy: z.string(), reason: z.string(), askedAtMs: z.int() }).nullable(),
  mayDecide: z.boolean().describe('现在这个账号可以复核'),
  ...{ giveBack: z.boolean(), abnormal: z.boolean() },
  bill: z.enum(['now', 'second']).nullable().describe('按账单定结果；second：要第二个人复核'),
  billReview: z
    .object({
      ...{ paid: z.boolean(), billFrom: z.string(), billTo: z.string(), billLine: z.int().nullable() },
      ...{ reason: z.string(), askedBy: z.string(), askedAtMs: z.int() },
    })
    .nullable()
    .describe('按账单提出的结果，等第二个人'),
  window: z.boolean().describe('窗口付讫：医院系统不能退回余额'),
  windowReview: z
    .object({ ...windowFacts, reason: z.string(), askedBy: z.string(), askedAtMs: z.int() })
    .nullable()
    .describe('提出的窗口付讫，等第二个人'),
  contradiction: nullableText.describe('微信推翻的、已了结的退款：微信的单号和说法，还没有标记为已处理'),
  barred: nullableText.describe('为什么不能重发'),
})

const legDetailSchema = listedLegSchema.omit({ caseId: true, way: true }).extend({
  shown: z.enum(SHOWN_STATES),
  meaning: nullableText.describe('现在怎样，给财务看的一句话'),
  ...{ phase: z.string(), hisMode: z.enum(['hold', 'deduct']), hisNumber: nullableText },
  sums: z
    .object({ heldFen: z.int(), confirmedFen: z.int(), releasedFen: z.int(), inTransitFen: z.int() })
    .describe('冻结（扣减）= 核销 + 解冻 + 在途'),
  ...{ payoutNumber: nullableText, paidAtMs: nullableMs, oneSidedAtMs: nullableMs },
  wechatNumber: nullableText.describe('微信单号，只有转账'),
  account: nullableText.describe('退到哪里，微信的说法；只有原路退款'),
  receipt: z.enum(['to-ask', 'asked', 'kept', 'failed']).nullable().describe('电子回单；只有已付的转账'),
  acts: actsSchema,
  bill: z
    .object({
      may: z.boolean().describe('超过 30 天，微信不再答复查询，可以按账单定结果'),
      sentAtMs: nullableMs.describe('发起的时间：从这一天的账单查起'),
      decisions: z.array(
        z.object({
          ...{ id: z.string(), paid: z.boolean(), billFrom: z.string(), billTo: z.string() },
          ...{ billLine: z.int().nullable(), reason: z.string(), askedBy: z.string(), askedAtMs: z.int() },
          ...{ state: z.string(), decidedBy: nullableText },
        }),
      ),
    })
    .describe('按账单定结果'),
  window: z
    .object({ ...windowFacts, askedBy: z.string(), decidedBy: nullableText })
    .nullable()
    .describe('窗口付讫的，怎样付的'),
  history: z.array(
    z.object({
      ...{ atMs: z.int(), what: z.string(), who: z.string(), why: nullableText, state: nullableText },
    }),
  ),
  attempts: z.array(attemptSchema),
})

export const caseDetailSchema = z.object({
  ...{ id: z.string(), way: z.enum(['original', 'face']), state: z.enum(['open', 'closed']) },
  channel: z.enum(['mini-program', 'official-account']),
  ...{ patientName: z.string(), cardNumber: z.string(), amountFen: z.int(), balanceFen: z.int() },
  ...{ createdAtMs: z.int(), closedAtMs: nullableMs, secondPersonFromFen: z.int() },
  legs: z.array(legDetailSchema),
  journal: z
    .array(
      z.object({
        ...{ posting: z.string(), line: z.int(), account: z.string(), amountFen: z.int(), atMs: z.int() },
      }),
    )
    .describe('复式记账，合计为零'),
  notices: z.array(
    z.object({
      ...{ kind: z.string(), state: z.string(), channel: nullableText, problem: nullableText },
      createdAtMs: z.int(),
    }),
  ),
})

export function listedLeg(leg: ListedLeg, nowMs: number): z.infer<typeof listedLegSchema> {
  return { caseId: leg.case_id, way: leg.way, ...legFacts(leg, tagOf(leg, nowMs)) }
}

function legFacts(leg: LegDetail['leg'], tag: string | null) {
  return {
    ...{ legId: leg.id, route: leg.route, amountFen: leg.amount_fen, state: leg.state, tag, fail: leg.fail },
    ...{ problem: leg.last_problem, createdAtMs: leg.created_at_ms, changedAtMs: leg.changed_at_ms },
    taskAtMs: leg.task_at_ms,
  }
}

export function shownCase(
  { of, legs, patientName, cardNumber, journal, notices }: CaseDetail,
  looking: Looking,
): z.infer<typeof caseDetailSchema> {
  return {
    ...{ id: of.id, way: of.way, state: of.state, channel: of.channel, patientName, cardNumber },
    ...{ amountFen: of.amount_fen, balanceFen: of.balance_fen },
    ...{ createdAtMs: of.created_at_ms, closedAtMs: of.closed_at_ms },
    secondPersonFromFen: looking.secondPersonFromFen,
    ...{ legs: legs.map((leg) => shownLeg(leg, looking)), journal: journal.map((line) => ({ ...line })) },
    notices: notices.map(({ kind, state, channel, problem, createdAtMs }) => ({
      ...{ kind, state, channel: channel ?? null, problem: problem ?? null, createdAtMs },
    })),
  }
}

function shownLeg(detail: LegDetail, looking: Looking) {
  const { leg, phase, tag, attempts } = detail
  return {
    ...legFacts(leg, tag),
    ...{ shown: shownStateOf(leg, tag, phase), meaning: meaningOf(detail), sums: { ...sumsOf(leg) } },
    ...{ phase, hisMode: leg.his_mode, hisNumber: leg.his_number, oneSidedAtMs: leg.one_sided_at_ms },
    payoutNumber: leg.payout_number ?? attempts.at(-1)?.number ?? null,
    ...{ paidAtMs: leg.paid_at_ms, wechatNumber: detail.wechatNumber ?? null },
    ...{ account: detail.account ?? null, receipt: detail.receipt ?? null, acts: actsOn(detail, looking) },
    bill: {
      may: detail.isForBill,
      sentAtMs: detail.sentAtMs ?? null,
      decisions: detail.billDecisions.map(shownDecision),
    },
    window: windowOf(detail),
    history: historyOf(detail).map((event) => ({ ...event })),
    attempts: attempts.map(({ number, createdAtMs, sentAtMs, sendings, state, ...rest }) => ({
      ...{ number, kind: rest.kind ?? 'create', createdAtMs, sentAtMs: sentAtMs ?? null, sendings, state },
      ...{ queriedState: rest.queriedState ?? null, lastProblem: rest.lastProblem ?? null },
      ...{ requestId: rest.requestId ?? null, replaces: rest.replaces ?? null },
    })),
  }
}

function shownDecision(one: LegDetail['billDecisions'][number]) {
  return {
    ...{ id: one.id, paid: one.paid, billFrom: one.bill_from, billTo: one.bill_to },
    ...{ billLine: one.bill_line, reason: one.reason, askedBy: one.asked_by, askedAtMs: one.asked_at_ms },
    ...{ state: one.state, decidedBy: one.decided_by },
  }
}

function windowOf({ windowPayments }: LegDetail) {
  const done = windowPayments.find(({ state }) => state === 'done')
  if (!done) return null
  const { how, voucher, paid_on: paidOn, asked_by: askedBy, decided_by: decidedBy } = done
  return { how, voucher, paidOn, askedBy, decidedBy }
}

function meaningOf({ leg, problem, contradicted }: LegDetail): string | null {
  if (problem === 'contradicted') return `${contradictionWord(contradicted)}。系统不会再为它付款。`
  if (leg.state === 'one-sided') {
    const why = leg.fail === null ? '' : `：${failWord(leg.fail)}（${leg.fail}）`
    const held = leg.his_mode === 'hold' ? '医院还冻结着这笔钱。' : '医院已经扣减了这笔钱。'
    return `微信查询确认没有付出${why}。${held}`
  }
  if (problem !== undefined && leg.state === 'paying') return `${problemWord(problem)}（${problem}）。`
  return leg.last_problem === null ? null : `${lastProblemWord(leg.last_problem)}。系统会再试。`
}
