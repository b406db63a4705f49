import type {
  Archives,
  Entries,
  Leg,
  LegPhase,
  OriginalOrders,
  Receiving,
  RefundCase,
} from '../api/refund-types.ts'

/** 14:00 in China, a Saturday. */
export const REFUNDS_NOW_MS = Date.parse('2026-11-28T06:00:00Z')
const DAY_MS = 86_400_000

export const entriesView: Entries = {
  ways: [
    {
      way: 'original',
      name: '预交金退费',
      introduction: '一年内用微信充值的钱，原路退回。',
      notes: ['零钱约 5 分钟，银行卡 1–3 个工作日。', '不用验证。'],
      closed: null,
    },
    {
      way: 'face',
      name: '人脸核验退款',
      introduction: '现金、银行卡、旧卡里的余额，验证本人后退到您的微信零钱。',
      notes: ['收款微信须是患者本人实名。'],
      closed: null,
    },
  ],
  partial: false,
  phone: '0571-0000001',
  mergePhone: '0571-0000002',
  counter: '门诊一楼 3 号窗',
  subscribeTemplateIds: ['t1', 't2'],
  miniProgramUrl: null,
}

const order = {
  id: 'recharge_1',
  paidAtMs: REFUNDS_NOW_MS - 10 * DAY_MS,
  paidFen: 10_000,
  refundedFen: 0,
  refundableFen: 10_000,
  untilMs: REFUNDS_NOW_MS + 355 * DAY_MS,
}
export const originalOrders: OriginalOrders = {
  balance: { totalFen: 12_000, refundableFen: 12_000 },
  reason: null,
  orders: [
    order,
    {
      ...order,
      id: 'recharge_2',
      paidAtMs: REFUNDS_NOW_MS - 40 * DAY_MS,
      paidFen: 5000,
      refundedFen: 1000,
      refundableFen: 4000,
    },
  ],
  otherCount: 1,
}

const archive = {
  key: 'archive_1',
  name: '李*华',
  cardNumber: 'A000931',
  campus: null,
  totalFen: 38_650,
  refundableFen: 38_650,
  reason: null,
}
export const oneArchive: Archives = {
  archives: [archive],
  choice: 'one',
  message: '查到 1 份院内档案。',
  openCaseId: null,
}
export const twoArchives: Archives = {
  archives: [
    archive,
    { ...archive, key: 'archive_2', cardNumber: 'A004420', totalFen: 1500, refundableFen: 1500 },
  ],
  choice: 'merge',
  message: '查到 2 份院内档案，请先合并。',
  openCaseId: null,
}
export const noArchive: Archives = {
  archives: [],
  choice: 'none',
  message: '没有查到您的院内档案。',
  openCaseId: null,
}
export const nothingToRefund: Archives = {
  archives: [{ ...archive, refundableFen: 0, reason: '有一笔住院费用没有结清。' }],
  choice: 'nothing',
  message: '现在没有可以退的余额。',
  openCaseId: null,
}

const cannot = { receive: false, retry: false, withdraw: false }
const legOf = (phase: LegPhase, title: string, message: string, rest: Partial<Leg> = {}): Leg => ({
  id: 'leg_1',
  route: 'transfer',
  amountFen: 38_650,
  phase,
  title,
  message,
  account: null,
  receiveByMs: null,
  paidAtMs: null,
  can: cannot,
  ...rest,
})
/** A leg in each of its phases. */
export const legAt = {
  processing: legOf('processing', '处理中', '正在办理，请稍后再看。'),
  'not-enough': legOf('not-enough', '余额不足', '商户号余额不足，请稍后再试', {
    can: { ...cannot, retry: true },
  }),
  'to-receive': legOf('to-receive', '待接收', '没有点「确认收款」之前，钱不会到账。', {
    receiveByMs: REFUNDS_NOW_MS + DAY_MS,
    can: { ...cannot, receive: true, withdraw: true },
  }),
  withdrawing: legOf('withdrawing', '正在撤回', '正在等微信确认撤回。'),
  expired: legOf('expired', '已失效', '超过时间没有收款，等医院重新发起。'),
  stopped: legOf('stopped', '没有付成', '需要医院工作人员处理。'),
  paid: legOf('paid', '已退款', '您的预交金退款申请已成功办理，金额将在5-30分钟内退还至当前微信钱包余额', {
    paidAtMs: REFUNDS_NOW_MS,
  }),
  'paid-at-window': legOf(
    'paid-at-window',
    '已在窗口退给您',
    '医院 2026-11-27 已用现金付给您，凭证号 SJ-0012。没有收到，请拨打 0571-0000001。',
  ),
  returned: legOf('returned', '已退回余额', '钱已退回门诊余额。'),
  refused: legOf('refused', '没有受理', '医院没有受理，余额没有变化。'),
} as const satisfies { readonly [P in LegPhase]: Leg }

export const caseOf = (...legs: readonly Leg[]): RefundCase => ({
  id: 'refund_1',
  way: 'face',
  wayName: '人脸核验退款',
  createdAtMs: REFUNDS_NOW_MS,
  patientName: '李*华',
  cardNumber: '0931',
  amountFen: legs.reduce((sum, { amountFen }) => sum + amountFen, 0),
  paidFen: legs.reduce((sum, leg) => sum + (leg.phase.startsWith('paid') ? leg.amountFen : 0), 0),
  legs,
  open: legs.some(({ phase }) => !['paid', 'paid-at-window', 'returned', 'refused'].includes(phase)),
  phone: '0571-0000001',
})

export const receiving: Receiving = {
  mchId: '1900000001',
  appId: 'wx1',
  package: 'affffddafdfafddffda==+/',
  bridgePage: null,
}
