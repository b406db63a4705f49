import { type Answer, ok } from './answer.ts'
import { NOW_MS, type World } from './world.ts'

const KINDS = ['appointment', 'outpatient-fee', 'same-day'] as const
const STATES = [
  'done',
  'posting',
  'done',
  'refunding',
  'to-pay',
  'cancelled',
  'done',
  'refunded',
  'paid',
] as const
const TITLES = {
  appointment: ['消化内科 陈建华', '儿科 李雪梅'],
  'same-day': ['心血管内科二病区门诊 普通号', '骨科 王强'],
  'outpatient-fee': ['西药费等 3 项', '检验费'],
} as const
const NAMES = ['王*', '欧阳**', '李*华', '赵*', '周*兰'] as const
const ALL = 60
const PAGE = 20
/** WeChat says another amount of it. */
const MISMATCHED = 4

/** What people did with two of them. */
type Done = Pick<World, 'isVisitLooked' | 'isVisitProblemDone'>

function fakeVisit(index: number, { isVisitLooked: isLooked, isVisitProblemDone }: Done) {
  const kind = KINDS[index % KINDS.length] ?? 'appointment'
  const state = index === 1 && isLooked ? 'done' : (STATES[index % STATES.length] ?? 'done')
  const isPaid = !['to-pay', 'closed'].includes(state)
  const troubleOf = (at: number) => {
    if (at === 1 && !isLooked) return 'doubtful'
    if (at === 3) return 'refund'
    return at === MISMATCHED && !isVisitProblemDone ? 'mismatch' : null
  }
  return {
    ...{ id: `visit_${(index + 4_096).toString(16).padStart(32, '7c0b')}`, kind, state },
    trouble: troubleOf(index),
    ...{ patientName: NAMES[index % NAMES.length], title: TITLES[kind][index % 2] },
    ...{ feeFen: 1_200 + ((index * 3_791) % 48_000), createdAtMs: NOW_MS - index * 520_000 },
    changedAtMs: NOW_MS - index * 519_000,
    hisNumber: state === 'done' || state === 'cancelled' ? `A2026112${80_000 + index}` : null,
    outTradeNo: isPaid ? `V26112815${(index * 7_919).toString().padStart(10, '0')}` : null,
    transactionId: isPaid ? `42000029${(index * 104_729).toString().padStart(18, '2')}` : null,
  }
}

function fakeVisitDetail(id: string, done: Done) {
  const all = Array.from({ length: ALL }, (_, index) => fakeVisit(index, done))
  const visit = all.find((one) => one.id === id) ?? fakeVisit(0, done)
  const isMismatched = all[MISMATCHED]?.id === visit.id
  const at = visit.createdAtMs
  const isFee = visit.kind === 'outpatient-fee'
  return {
    ...visit,
    todo:
      visit.trouble === null
        ? null
        : visit.trouble === 'mismatch'
          ? '微信支付的答复和这一单的金额不符，没有当作已付。请核对这笔钱。处理好之后标记为已处理。'
          : visit.trouble === 'refund'
            ? '退款自己走不下去了（如付款的银行卡已注销）。请先再查询一次；仍然这样，按退款单号在微信支付商户平台处理，办好之后再查询一次，这里会随之变化。'
            : '超过一个小时，HIS 还没有说明有没有办成。网关会一直查询，不会重做，也不会先退款。请先再查询一次；HIS 恢复之前，请让患者凭支付记录到窗口核对。',
    ...{
      channel: 'mini-program',
      departmentName: '消化内科',
      lastProblem: visit.trouble && 'unknown timeout',
    },
    visit: isFee
      ? null
      : { doctorName: '陈建华', day: '2026-11-30', period: 'morning', startsAt: '09:30', queueNumber: '12' },
    bills: isFee ? { count: 3, receiptNumber: null } : null,
    ...{ expiresAtMs: null, nextActionAtMs: visit.trouble === 'doubtful' ? NOW_MS + 90_000 : null },
    payment: isMismatched
      ? {
          ...{ state: 'awaiting', problem: 'mismatch: amount' },
          problemDoneAtMs: done.isVisitProblemDone ? NOW_MS : null,
        }
      : { state: 'paid', problem: null, problemDoneAtMs: null },
    refunds: visit.state.startsWith('refund')
      ? [
          {
            ...{ id: 'refund_1', amountFen: visit.feeFen, account: '招商银行信用卡 0403', number: null },
            ...(visit.trouble === 'refund'
              ? { state: 'needs-person', problem: 'abnormal', doneAtMs: null }
              : { state: 'done', problem: null, doneAtMs: at + 400_000 }),
          },
        ]
      : [],
    steps: [
      { key: 'a', atMs: at, text: '下单', note: null, tone: null },
      {
        key: 'b',
        atMs: at + 4_000,
        text: '打开微信付款',
        note: `商户订单号 ${visit.outTradeNo}`,
        tone: null,
      },
      { key: 'c', atMs: at + 21_000, text: '已支付', note: null, tone: 'ok' },
      { key: 'd', atMs: at + 22_000, text: '请 HIS 登记', note: null, tone: null },
      ...(visit.state === 'done'
        ? [{ key: 'e', atMs: at + 23_000, text: 'HIS 已登记', note: null, tone: 'ok' }]
        : []),
    ],
    canLook: ['doubtful', 'refund'].includes(visit.trouble ?? ''),
  }
}

/** What the gateway says of 挂号与缴费; undefined: it was not asked for that. */
export function visitsAnswer(world: World, asked: string, url: URL): Answer | undefined {
  const one = /^GET \/visits\/(\w+)$/.exec(asked)
  if (one) return ok(fakeVisitDetail(one[1] ?? '', world))
  const look = /^POST \/visits\/(\w+)\/look$/.exec(asked)
  if (look) {
    world.isVisitLooked = true
    return ok(fakeVisitDetail(look[1] ?? '', world))
  }
  const done = /^POST \/visits\/(\w+)\/problem-done$/.exec(asked)
  if (done) {
    world.isVisitProblemDone = true
    return ok(fakeVisitDetail(done[1] ?? '', world))
  }
  if (asked !== 'GET /visits') return undefined
  const wanted = url.searchParams
  const state = wanted.get('state')
  const all = Array.from({ length: ALL }, (_, index) => fakeVisit(index, world)).filter(
    (visit) =>
      (state === 'trouble' ? visit.trouble !== null : [null, '', visit.state].includes(state)) &&
      [null, '', visit.kind].includes(wanted.get('kind')) &&
      [null, '', visit.id, visit.hisNumber, visit.outTradeNo].includes(wanted.get('number')),
  )
  const start = all.findIndex(({ id }) => id === wanted.get('before')) + 1
  const rows = all.slice(start, start + PAGE)
  return ok({ visits: rows, next: start + PAGE < all.length ? rows.at(-1)?.id : null })
}
