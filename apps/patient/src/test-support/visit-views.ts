import type {
  Department,
  Doctor,
  PaidFee,
  Payment,
  PendingBill,
  Registration,
  Slot,
  Slots,
  VisitOrder,
} from '../api/visit-types.ts'

/** 14:00 in China, a Saturday. */
export const VISITS_NOW_MS = Date.parse('2026-11-28T06:00:00Z')

const top = { parentId: null, campus: null, location: null }
export const departments: readonly Department[] = [
  { ...top, id: 'D01', name: '内科' },
  { id: 'D0101', name: '心血管内科', parentId: 'D01', campus: '解放路院区', location: '门诊楼 3 层' },
  { id: 'D0103', name: '消化内科', parentId: 'D01', campus: '城西院区', location: null },
  { ...top, id: 'D04', name: '儿科', campus: '解放路院区', location: '儿童楼 1 层' },
]

export const doctors: readonly Doctor[] = [
  { id: 'doc-1', name: '沈文远', title: '主任医师', introduction: '从事心血管内科临床工作 30 年。' },
  { id: 'doc-2', name: '陆慧敏', title: null, introduction: null },
]

export const slot: Slot = {
  id: 'S.1',
  departmentId: 'D0101',
  departmentName: '心血管内科',
  doctorId: 'doc-1',
  doctorName: '沈文远',
  day: '2026-11-30',
  period: 'morning',
  startsAt: '08:00',
  endsAt: '09:00',
  feeFen: 4000,
  remaining: 3,
}

export const slots: Slots = {
  today: '2026-11-28',
  lastDay: '2026-12-01',
  payMinutes: 15,
  slots: [
    { ...slot, id: 'S.0', day: '2026-11-28', remaining: 0 },
    slot,
    { ...slot, id: 'S.2', startsAt: '09:00', endsAt: '10:00', remaining: 0 },
    { ...slot, id: 'S.3', period: 'afternoon', startsAt: null, endsAt: null },
    { ...slot, id: 'S.4', doctorId: null, doctorName: null, feeFen: 0, remaining: 9 },
  ],
}

export const order: VisitOrder = {
  id: 'order_1',
  kind: 'appointment',
  state: 'to-pay',
  patientName: '李*华',
  title: '心血管内科 沈文远',
  feeFen: 4000,
  createdAt: '2026-11-28T05:58:00Z',
  expiresAt: '2026-11-28T06:13:00Z',
  message: '号已为您留住，请在规定时间内付款。',
  visit: {
    departmentName: '心血管内科',
    doctorName: '沈文远',
    day: '2026-11-30',
    period: 'morning',
    startsAt: '08:00',
    queueNumber: null,
    location: null,
  },
  fee: null,
  refund: null,
  cancellable: false,
}

const ended = { expiresAt: null } as const
/** The order in each of its states. */
export const orderAt = {
  'to-pay': order,
  confirming: { ...order, ...ended, state: 'confirming', message: '正在等医院确认，请不要重复付款。' },
  done: {
    ...order,
    ...ended,
    state: 'done',
    message: '预约成功，请在就诊当天按时到诊室报到。',
    visit: order.visit && { ...order.visit, queueNumber: '7', location: '门诊楼 3 层 A 区' },
    cancellable: true,
  },
  closed: { ...order, ...ended, state: 'closed', message: '订单已关闭，没有付款。需要请重新挂号。' },
  refunding: {
    ...order,
    ...ended,
    state: 'refunding',
    message: '医院没有受理，钱正在原路退回，不用您操作。',
    refund: { amountFen: 4000, state: 'under-way', account: null },
  },
  refunded: {
    ...order,
    ...ended,
    state: 'refunded',
    message: '医院没有受理，钱已原路退回。',
    refund: { amountFen: 4000, state: 'done', account: '支付用户零钱' },
  },
  cancelling: { ...order, ...ended, state: 'cancelling', message: '正在等医院确认退号，请稍后再看。' },
  cancelled: {
    ...order,
    ...ended,
    state: 'cancelled',
    message: '号已退，钱已原路退回。',
    refund: { amountFen: 4000, state: 'done', account: '支付用户零钱' },
  },
} as const satisfies { readonly [S in VisitOrder['state']]: VisitOrder }

const items = [
  { name: '阿莫西林胶囊', specification: '0.25g×24 粒', quantity: '2 盒', amountFen: 2580 },
  { name: '布洛芬缓释胶囊', specification: null, quantity: '1 盒', amountFen: 1820 },
]

export const feeOrder: VisitOrder = {
  ...order,
  id: 'order_2',
  kind: 'outpatient-fee',
  title: '西药费',
  feeFen: 4400,
  visit: null,
  fee: { departmentName: '消化内科', items, receiptNumber: null, guidance: null },
}

export const bills: readonly PendingBill[] = [
  {
    id: 'bill-1',
    title: '西药费',
    departmentName: '消化内科',
    doctorName: '陆慧敏',
    amountFen: 4400,
    createdAt: '2026-11-28T02:00:00Z',
    items,
    orderId: null,
  },
  {
    id: 'bill-2',
    title: '检查费',
    departmentName: '消化内科',
    doctorName: null,
    amountFen: 12_000,
    createdAt: '2026-11-28T02:05:00Z',
    items: [{ name: '腹部超声', specification: null, quantity: '1 次', amountFen: 12_000 }],
    orderId: null,
  },
]

export const registrations: readonly Registration[] = [
  {
    kind: 'appointment',
    departmentName: '心血管内科',
    doctorName: '沈文远',
    day: '2026-11-30',
    period: 'morning',
    startsAt: '08:00',
    queueNumber: '7',
    location: '门诊楼 3 层 A 区',
    feeFen: 4000,
    state: 'booked',
    orderId: 'order_1',
  },
  {
    kind: 'same-day',
    departmentName: '骨科',
    doctorName: null,
    day: '2026-12-02',
    period: 'afternoon',
    startsAt: null,
    queueNumber: '3',
    location: null,
    feeFen: 0,
    state: 'booked',
    orderId: null,
  },
]

export const payments: readonly PaidFee[] = [
  {
    title: '西药费',
    departmentName: '消化内科',
    amountFen: 4400,
    paidAt: '2026-11-28T03:00:00Z',
    receiptNumber: 'R-1',
    guidance: '门诊药房 3 号窗口取药',
    items,
  },
]

export const payment: Payment = {
  payment: {
    appId: 'wx1',
    timeStamp: '1764309600',
    nonceStr: 'nonce',
    package: 'prepay_id=wx2',
    signType: 'RSA',
    paySign: 'sign',
  },
  cashierUrl: null,
}
