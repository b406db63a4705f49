import { NOW_MS } from './world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const NAMES = ['张*三', '陈*', '周*兰', '孙*红', '李*华', '欧阳*明'] as const
const SHOWN = ['one-sided', 'overdue', 'to-receive', 'stopped', 'paid', 'released'] as const
const WHY: Readonly<Record<string, string>> = {
  'one-sided': '患者超过 24 小时没有确认',
  stopped: '退款异常：原来的账户收不了，改退患者本人的银行卡',
}
const LISTS: Readonly<Record<string, readonly string[]>> = {
  ...{ todo: ['one-sided', 'stopped'], 'one-sided': ['one-sided'], overdue: ['overdue'] },
  ...{ 'to-confirm': ['to-receive'], abnormal: ['stopped'] },
  'in-transit': ['one-sided', 'overdue', 'to-receive', 'stopped'],
}

function shownOf(index: number) {
  return SHOWN[index % SHOWN.length] ?? 'paid'
}

function fakeNumber(kind: string, index: number): string {
  const digits = Array.from({ length: 28 }, (_, at) => ((index * 11 + at * at * 5 + 3) % 16).toString(16))
  return `${kind}_${digits.join('')}${String(index).padStart(4, '0')}`
}

export function fakeCaseId(index: number): string {
  return fakeNumber('case', index)
}

function fakeListed(index: number) {
  const shown = shownOf(index)
  const isOriginal = shown === 'stopped'
  return {
    id: fakeCaseId(index),
    way: isOriginal ? 'original' : 'face',
    channel: index % 4 === 0 ? 'official-account' : 'mini-program',
    patientName: NAMES[index % NAMES.length],
    cardNumber: `${4_100 + index * 37}`.slice(-4),
    amountFen: 12_850 + index * 41_730,
    createdAtMs: NOW_MS - DAY_MS - index * 3 * HOUR_MS,
    legs: [
      {
        ...{ legId: fakeNumber('leg', index), route: isOriginal ? 'original' : 'transfer', shown },
        ...{ amountFen: 12_850 + index * 41_730, why: WHY[shown] ?? null },
        changedAtMs: NOW_MS - 5 * HOUR_MS - index * HOUR_MS,
        payoutNumber: `${isOriginal ? 'R' : 'T'}20261127${fakeNumber('', index).slice(1, 21)}`,
        wechatNumber: isOriginal ? null : `13300018${3_310_000_000 + index}202611270000`,
        waitsForReview: shown === 'one-sided' && index > 0 && index % 12 === 0,
      },
    ],
  }
}

const CASES = Array.from({ length: 48 }, (_, index) => index)
const PAGE = 20

export function fakeRefunds(query: URLSearchParams) {
  const [list, number] = [query.get('list') ?? 'all', query.get('number')]
  const start = Number(query.get('before') ?? 0)
  const all = CASES.map(fakeListed).filter(({ id, legs }) =>
    number ? id === number : list === 'all' || LISTS[list]?.includes(legs[0]?.shown ?? ''),
  )
  const end = start + PAGE
  return { cases: all.slice(start, end), ...(end < all.length && { next: String(end) }) }
}

export function fakeSummary() {
  return { counts: { 'one-sided': 8, overdue: 8, 'in-transit': 32 } }
}

const NOTHING = {
  ...{ reissue: null, review: null, mayDecide: false, giveBack: false, abnormal: false, bill: null },
  ...{ billReview: null, window: false, windowReview: null, contradiction: null, barred: null },
}
const ACTS: Readonly<Record<string, object>> = {
  'one-sided': { ...NOTHING, reissue: 'now', giveBack: true },
  stopped: { ...NOTHING, abnormal: true },
  overdue: {
    ...NOTHING,
    barred:
      '超过 24 小时，微信还没有最后的结果。系统一直在查询，最长 30 天，之后以账单为准；现在重发会付两次，所以不能重发。',
  },
}
/** Of a HIS that takes nothing back: not to be sent again, and asked about at the window, or not yet. */
const STRANDED = {
  ...{ ...NOTHING, window: true },
  barred:
    '这个微信不是患者本人实名的微信，不能再向它付款：医院系统也不能退回余额。请在窗口付给患者本人，由两个人办理“窗口付讫”。',
}
const WAITS_AT_WINDOW = {
  ...{ ...NOTHING, mayDecide: true },
  windowReview: {
    ...{ how: 'cash', voucher: 'SJ-0012', paidOn: '2026-11-27', reason: '患者到窗口领，已签收' },
    ...{ askedBy: 'wang-03', askedAtMs: NOW_MS - HOUR_MS },
  },
}
/** Given back to the balance, and WeChat says afterwards that it is paid. */
const CONTRADICTED = { ...NOTHING, contradiction: 'T20261127a1b2 SUCCESS' }
const OF_CASE: Readonly<Record<number, object>> = { 5: CONTRADICTED, 6: STRANDED, 18: WAITS_AT_WINDOW }
const WAITS_FOR_REVIEW = {
  ...{ ...NOTHING, giveBack: true, mayDecide: true },
  review: { askedBy: 'wang-03', reason: '患者出院没看到提醒', askedAtMs: NOW_MS - HOUR_MS },
}

/** A case with everything that the drawer can show: an old number and the one that follows it. */
export function fakeCase(id: string) {
  const index = CASES.find((one) => fakeCaseId(one) === id)
  if (index === undefined) return undefined
  const { legs, ...of } = fakeListed(index)
  const [leg] = legs
  if (!leg) return undefined
  const { shown, amountFen } = leg
  const isPaid = shown === 'paid'
  const isBack = shown === 'released'
  return {
    ...{ ...of, state: isPaid || isBack ? 'closed' : 'open', balanceFen: amountFen },
    ...{ closedAtMs: isPaid || isBack ? NOW_MS - HOUR_MS : null, secondPersonFromFen: 100_000 },
    legs: [
      {
        ...{ ...leg, state: 'paying', tag: null, fail: null, problem: null, phase: 'processing' },
        ...{ createdAtMs: of.createdAtMs, hisMode: 'hold', hisNumber: 'H2026112700418' },
        meaning:
          shown === 'one-sided'
            ? '微信查询确认没有付出：患者超过 24 小时没有确认（OVERDUE_CLOSE）。医院还冻结着这笔钱。'
            : (WHY[shown] ?? null),
        sums: {
          ...{
            heldFen: amountFen,
            confirmedFen: isPaid ? amountFen : 0,
            releasedFen: isBack ? amountFen : 0,
          },
          inTransitFen: isPaid || isBack ? 0 : amountFen,
        },
        ...{ account: leg.route === 'original' ? '招商银行信用卡0403' : null, taskAtMs: null },
        ...{ paidAtMs: isPaid ? NOW_MS - HOUR_MS : null, receipt: isPaid ? 'kept' : null },
        oneSidedAtMs: shown === 'one-sided' ? NOW_MS - 5 * HOUR_MS : null,
        ...{ bill: { may: false, sentAtMs: of.createdAtMs, decisions: [] }, window: null },
        acts: leg.waitsForReview ? WAITS_FOR_REVIEW : (OF_CASE[index] ?? ACTS[shown] ?? NOTHING),
        history: [
          { atMs: of.createdAtMs, what: '患者申请，资金已预留', who: '患者', why: null, state: 'holding' },
          { atMs: of.createdAtMs + 2_000, what: '医院已冻结', who: '系统', why: null, state: 'paying' },
          ...(shown === 'one-sided'
            ? [
                {
                  ...{ atMs: NOW_MS - 5 * HOUR_MS, what: '微信查询：没有付出，已失效', who: '系统' },
                  ...{ why: '患者超过 24 小时没有确认', state: 'one-sided' },
                },
              ]
            : []),
        ],
        attempts: [
          {
            ...{ number: 'T2026112700a1b2c3d4e5f60718293', kind: 'create', createdAtMs: of.createdAtMs },
            ...{ sentAtMs: of.createdAtMs + 3_000, sendings: 1, state: 'yes', queriedState: 'FAIL' },
            ...{ lastProblem: null, requestId: '08F8D4A1B10610D40118A0E8C85620A62E28', replaces: null },
          },
          {
            ...{ number: leg.payoutNumber, kind: 'create', createdAtMs: of.createdAtMs + DAY_MS },
            ...{ sentAtMs: of.createdAtMs + DAY_MS, sendings: 2, state: 'yes' },
            queriedState: isPaid ? 'SUCCESS' : 'WAIT_USER_CONFIRM',
            ...{ lastProblem: 'SYSTEM_ERROR', requestId: '08F8D4A1B10610D40118A0E8C85620A62E29' },
            replaces: 'T2026112700a1b2c3d4e5f60718293',
          },
        ],
      },
    ],
    journal: ['deposit', 'deposit-in-transit'].map((account, at) => ({
      ...{ posting: `held:${leg.legId}:1`, line: at + 1, account, atMs: of.createdAtMs + 2_000 },
      amountFen: at === 0 ? -amountFen : amountFen,
    })),
    notices: [
      {
        kind: 'applied',
        state: 'delivered',
        channel: 'subscribe',
        problem: null,
        createdAtMs: of.createdAtMs,
      },
      {
        ...{ kind: 'waiting', state: 'failed', channel: 'template', problem: '患者拒收' },
        createdAtMs: of.createdAtMs + 4_000,
      },
    ],
  }
}

export function fakeFunds() {
  return {
    accounts: [
      {
        ...{
          mchid: '1900000109',
          availableFen: 684_250,
          balanceFen: 1_204_000,
          asOfMs: NOW_MS - 2 * HOUR_MS,
        },
        ...{ source: 'operator', toppedUpFen: 500_000, reservedFen: 1_019_750, drySinceMs: null },
        ...{ lowFundsFen: 1_000_000, expectedFen: 1_862_400 },
      },
    ],
    stop: null,
    alarms: [
      {
        ...{ kind: 'low-funds', sinceMs: NOW_MS - HOUR_MS, lookedAtMs: NOW_MS, availableFen: 684_250 },
        ...{ neededFen: 1_862_400, seenBy: null, seenAtMs: null },
      },
    ],
    turnedAway: {
      ...{ count: 3, amountFen: 86_400 },
      patients: [0, 1, 2].map((index) => ({
        ...{ legId: fakeNumber('leg', 90 + index), caseId: fakeCaseId(index), patientName: NAMES[index] },
        ...{ cardNumber: `${7_201 + index}`, amountFen: 28_800, sinceMs: NOW_MS - index * HOUR_MS },
        ...{ retryUntilMs: NOW_MS + DAY_MS, toldAtMs: index === 0 ? NOW_MS - 20 * MINUTE_MS : null },
      })),
    },
    topUps: [0, 1, 2, 3].map((index) => ({
      ...{ id: `top_${index}`, amountFen: 500_000 * (index + 1), atMs: NOW_MS - index * 3 * DAY_MS },
      notedBy: index % 2 === 0 ? 'wang-03' : 'li-04',
    })),
  }
}

export function fakeCounter(number: string) {
  const found = number.endsWith('0')
    ? []
    : [
        {
          ...{ caseId: fakeCaseId(0), createdAtMs: NOW_MS - DAY_MS, name: '张*三', card: '4100' },
          lines: [
            {
              legId: 'leg_1',
              sentence:
                '张*三，2026-11-27 申请 128.50 元，微信转账，等待患者在微信里点“确认收款”，11-28 15:20 前有效。',
              next: '请患者用申请时的微信打开“我的退款”，点“接收退款”，再点“确认收款”。不点，钱不会到账。',
              tone: 'info',
            },
          ],
        },
        {
          ...{ caseId: fakeCaseId(1), createdAtMs: NOW_MS - 40 * DAY_MS, name: '张*三', card: '4100' },
          lines: [
            {
              legId: 'leg_2',
              sentence: '张*三，2026-10-19 申请 300.00 元，原路退款，10-19 10:04 已退回支付用户零钱。',
              next: '零钱一般 5 分钟内到账，银行卡 1–3 个工作日到账。请患者看当时付款的账户。',
              tone: 'ok',
            },
            {
              legId: 'leg_3',
              sentence:
                '张*三，2026-10-19 申请 1205.00 元，微信转账，患者超过 24 小时没有确认，已失效，钱还为患者留着。',
              next: '请财务重新发起，患者收到通知之后再确认；或者请财务退回门诊余额。',
              tone: 'warn',
            },
          ],
        },
      ]
  return {
    ...{ refunds: found, more: false, atMs: NOW_MS },
    hospital: { name: '市第一人民医院（总院）', phone: '0571-8888888', counter: '门诊一楼 3 号窗' },
  }
}
