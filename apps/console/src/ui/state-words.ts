export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'plain'

interface Word {
  readonly text: string
  readonly tone: Tone
}

/** The one dictionary of states: the same word in the same colour on every page. */
export const STATE_WORDS = {
  call: {
    yes: { text: '成功', tone: 'ok' },
    no: { text: '对方拒绝', tone: 'bad' },
    unknown: { text: '结果未知', tone: 'warn' },
  },
  account: {
    waiting: { text: '待批准', tone: 'info' },
    active: { text: '正常', tone: 'ok' },
    locked: { text: '已锁定', tone: 'warn' },
    disabled: { text: '已停用', tone: 'plain' },
  },
  key: {
    good: { text: '可用', tone: 'ok' },
    ending: { text: '快到期', tone: 'warn' },
    ended: { text: '已过期', tone: 'bad' },
    changed: { text: '等待重启', tone: 'info' },
    unusable: { text: '不能用', tone: 'bad' },
    missing: { text: '没有', tone: 'bad' },
  },
  keyStorage: {
    sealed: { text: '加密文件', tone: 'ok' },
    plain: { text: '明文文件', tone: 'plain' },
  },
  test: {
    passed: { text: '通过', tone: 'ok' },
    failed: { text: '没有通过', tone: 'bad' },
    'by-hand': { text: '需人工举证', tone: 'info' },
  },
  enrolment: {
    'under-way': { text: '办理中', tone: 'info' },
    stopped: { text: '停下', tone: 'warn' },
    left: { text: '中途离开', tone: 'plain' },
    done: { text: '完成', tone: 'ok' },
  },
  confirmation: {
    waiting: { text: '等人工核对', tone: 'warn' },
    own: { text: '等本人验证', tone: 'info' },
    refused: { text: '核对没有通过', tone: 'bad' },
  },
  change: {
    parked: { text: '等人处理', tone: 'warn' },
    asked: { text: '正在问 HIS', tone: 'info' },
    unknown: { text: '结果未知', tone: 'warn' },
    yes: { text: '已修改', tone: 'ok' },
    no: { text: '没有修改', tone: 'plain' },
  },
  patient: {
    verified: { text: '已验证', tone: 'ok' },
    unverified: { text: '未验证', tone: 'warn' },
    unlinked: { text: '已解绑', tone: 'plain' },
  },
  card: {
    linked: { text: '已关联', tone: 'ok' },
    'offered-later': { text: '待补领', tone: 'warn' },
    none: { text: '没有', tone: 'plain' },
  },
  verification: {
    'under-way': { text: '验证中', tone: 'info' },
    stopped: { text: '停下', tone: 'warn' },
    left: { text: '中途离开', tone: 'plain' },
    granted: { text: '通过', tone: 'ok' },
  },
  face: {
    starting: { text: '准备中', tone: 'info' },
    unstarted: { text: '没有开始', tone: 'plain' },
    started: { text: '核验中', tone: 'info' },
    querying: { text: '正在查结果', tone: 'info' },
    verified: { text: '通过，待告诉平台', tone: 'info' },
    reporting: { text: '正在告诉平台', tone: 'info' },
    unknown: { text: '结果未知', tone: 'warn' },
    passed: { text: '通过', tone: 'ok' },
    failed: { text: '没有通过', tone: 'bad' },
  },
  grant: {
    live: { text: '有效', tone: 'ok' },
    spent: { text: '已使用', tone: 'info' },
    voided: { text: '已作废', tone: 'warn' },
    expired: { text: '已过期', tone: 'plain' },
  },
  notice: {
    queued: { text: '等发送', tone: 'info' },
    sending: { text: '发送中', tone: 'info' },
    accepted: { text: '微信已收', tone: 'ok' },
    delivered: { text: '已送达', tone: 'ok' },
    failed: { text: '没有发出', tone: 'bad' },
    unknown: { text: '结果未知', tone: 'warn' },
    unreachable: { text: '联系不到', tone: 'warn' },
  },
  offline: {
    submitted: { text: '等待审核', tone: 'warn' },
    'in-review': { text: '审核中', tone: 'info' },
    'more-documents': { text: '需要补材料', tone: 'plain' },
    approved: { text: '已同意，等待付款', tone: 'warn' },
    'paid-out': { text: '已付款', tone: 'ok' },
    rejected: { text: '没有通过', tone: 'plain' },
    withdrawn: { text: '已撤回', tone: 'plain' },
  },
  balance: {
    untold: { text: '未告知', tone: 'warn' },
    told: { text: '已告知', tone: 'info' },
    partly: { text: '部分退款', tone: 'info' },
    refunded: { text: '已退款', tone: 'ok' },
    mixed: { text: '部分退款，其余其他方式结清', tone: 'ok' },
    elsewhere: { text: '其他方式结清', tone: 'plain' },
  },
  'ledger-run': {
    running: { text: '没有做完', tone: 'warn' },
    done: { text: '已完成', tone: 'ok' },
    abandoned: { text: '已放弃', tone: 'plain' },
  },
  campaign: {
    gathering: { text: '正在整理名单', tone: 'info' },
    draft: { text: '可以开始', tone: 'warn' },
    running: { text: '发送中', tone: 'info' },
    paused: { text: '已暂停', tone: 'warn' },
    done: { text: '已完成', tone: 'ok' },
  },
  chain: {
    whole: { text: '完整', tone: 'ok' },
    broken: { text: '已断开', tone: 'bad' },
  },
  callback: {
    stored: { text: '待处理', tone: 'info' },
    handled: { text: '已处理', tone: 'ok' },
    duplicate: { text: '重复', tone: 'plain' },
    foreign: { text: '不是我们的', tone: 'warn' },
    ignored: { text: '不处理', tone: 'plain' },
    refused: { text: '已拒绝', tone: 'bad' },
  },
  signature: {
    good: { text: '正确', tone: 'ok' },
    bad: { text: '不对', tone: 'bad' },
    none: { text: '不签名', tone: 'plain' },
  },
  queue: {
    idle: { text: '没有事', tone: 'plain' },
    waiting: { text: '等待中', tone: 'info' },
    active: { text: '进行中', tone: 'ok' },
    failed: { text: '有失败', tone: 'bad' },
    late: { text: '没有按时', tone: 'warn' },
  },
  export: {
    waiting: { text: '等待中', tone: 'info' },
    working: { text: '正在写', tone: 'info' },
    done: { text: '可以下载', tone: 'ok' },
    failed: { text: '没有写成', tone: 'bad' },
  },
  visit: {
    locking: { text: '锁号中', tone: 'info' },
    'to-pay': { text: '待付款', tone: 'info' },
    closing: { text: '关闭中', tone: 'plain' },
    unlocking: { text: '放号中', tone: 'plain' },
    closed: { text: '已关闭', tone: 'plain' },
    paid: { text: '已付，待登记', tone: 'info' },
    posting: { text: 'HIS 登记中', tone: 'info' },
    done: { text: '已办成', tone: 'ok' },
    refunding: { text: '未办成，退款中', tone: 'warn' },
    refunded: { text: '未办成，已退款', tone: 'plain' },
    cancelling: { text: '退号中', tone: 'info' },
    'cancel-refunding': { text: '已退号，退款中', tone: 'info' },
    cancelled: { text: '已退号', tone: 'plain' },
  },
  visitTrouble: {
    refund: { text: '退款要人处理', tone: 'bad' },
    mismatch: { text: '付款不符', tone: 'bad' },
    contradicted: { text: '付款存疑', tone: 'bad' },
    'foreign-answer': { text: 'HIS 答非所问', tone: 'bad' },
    doubtful: { text: '结果不明', tone: 'warn' },
  },
  visitPayment: {
    awaiting: { text: '没有付', tone: 'info' },
    paid: { text: '已付', tone: 'ok' },
    closed: { text: '已关闭', tone: 'plain' },
  },
  visitRefund: {
    'under-way': { text: '退款中', tone: 'info' },
    done: { text: '已到账', tone: 'ok' },
    'needs-person': { text: '要人处理', tone: 'bad' },
  },
  usageScene: {
    whole: { text: '完整', tone: 'ok' },
    gap: { text: '有缺口', tone: 'bad' },
    parked: { text: '待处理', tone: 'warn' },
    stuck: { text: '上报受阻', tone: 'warn' },
    pending: { text: '待上报', tone: 'info' },
    differs: { text: '与平台不符', tone: 'warn' },
    none: { text: '没有发生', tone: 'plain' },
  },
  usageEvent: {
    pending: { text: '待上报', tone: 'info' },
    delivered: { text: '已上报', tone: 'ok' },
    parked: { text: '停下', tone: 'warn' },
    'no-card': { text: '无卡', tone: 'plain' },
    merged: { text: '合并', tone: 'plain' },
  },
  parkReason: {
    'department-unmapped': { text: '科室没有对应', tone: 'info' },
    refused: { text: '平台拒绝', tone: 'bad' },
    'outcome-unknown': { text: '结果不明', tone: 'warn' },
    'lost-in-flight': { text: '上报时网关中断', tone: 'warn' },
    'content-unreadable': { text: '内容打不开', tone: 'bad' },
  },
  usageDelivery: {
    on: { text: '正常', tone: 'ok' },
    paused: { text: '上报暂停', tone: 'bad' },
    off: { text: '已关闭', tone: 'warn' },
  },
  refund: {
    'one-sided': { text: '单边订单（已失效，可重发）', tone: 'bad' },
    overdue: { text: '超时未决（不可重发）', tone: 'warn' },
    stopped: { text: '需要人处理', tone: 'bad' },
    'to-receive': { text: '待患者确认', tone: 'info' },
    withdrawing: { text: '正在撤销', tone: 'info' },
    'no-funds': { text: '等待资金', tone: 'warn' },
    holding: { text: '正在冻结', tone: 'info' },
    paying: { text: '付款中', tone: 'info' },
    confirming: { text: '已付，待医院核销', tone: 'info' },
    releasing: { text: '正在退回余额', tone: 'info' },
    paid: { text: '已到账', tone: 'ok' },
    'settled-at-window': { text: '窗口付讫', tone: 'ok' },
    released: { text: '已退回余额', tone: 'plain' },
    refused: { text: '医院没有受理', tone: 'plain' },
    lapsed: { text: '没有再试，已过期', tone: 'plain' },
  },
  refundCase: {
    open: { text: '办理中', tone: 'info' },
    closed: { text: '已办完', tone: 'plain' },
  },
  /** Of one number: what a query said goes before what its sending said. */
  payoutNumber: {
    stored: { text: '待发送', tone: 'plain' },
    asked: { text: '已发送', tone: 'info' },
    yes: { text: '微信已受理', tone: 'info' },
    no: { text: '微信拒绝', tone: 'warn' },
    unknown: { text: '结果不明，等查询', tone: 'warn' },
    ACCEPTED: { text: '已受理', tone: 'info' },
    PROCESSING: { text: '处理中', tone: 'info' },
    WAIT_USER_CONFIRM: { text: '待患者确认', tone: 'info' },
    TRANSFERING: { text: '转账中', tone: 'info' },
    CANCELING: { text: '撤销中', tone: 'info' },
    CANCELLED: { text: '已撤销', tone: 'plain' },
    FAIL: { text: '没有付出', tone: 'bad' },
    SUCCESS: { text: '已付', tone: 'ok' },
    CLOSED: { text: '已关闭', tone: 'bad' },
    ABNORMAL: { text: '退款异常', tone: 'bad' },
    NOT_FOUND: { text: '没有这个单号', tone: 'plain' },
  },
  receipt: {
    'to-ask': { text: '等待申请', tone: 'plain' },
    asked: { text: '正在向微信申请', tone: 'info' },
    kept: { text: '已保存', tone: 'ok' },
    failed: { text: '微信没有给出，请在商户平台下载', tone: 'warn' },
  },
  refundNotice: {
    queued: { text: '待发送', tone: 'plain' },
    sending: { text: '发送中', tone: 'info' },
    accepted: { text: '微信已接收', tone: 'info' },
    delivered: { text: '已送达', tone: 'ok' },
    failed: { text: '没有送达', tone: 'warn' },
    unknown: { text: '不知道是否送达', tone: 'warn' },
    unreachable: { text: '没有渠道可达', tone: 'warn' },
  },
} as const satisfies Record<string, Record<string, Word>>

export type StateKind = keyof typeof STATE_WORDS

const WORDS: Readonly<Record<StateKind, Readonly<Record<string, Word>>>> = STATE_WORDS

/** A state that a newer server knows and this page does not is shown as it came. */
export function stateWord(kind: StateKind, state: string): Word {
  return WORDS[kind][state] ?? { text: state, tone: 'plain' }
}

export function stateOptions(kind: StateKind): readonly { value: string; text: string }[] {
  return Object.entries(WORDS[kind]).map(([value, { text }]) => ({ value, text }))
}
