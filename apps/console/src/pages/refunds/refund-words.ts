export const WAY_OPTIONS = [
  { value: 'original', text: '预交金退费' },
  { value: 'face', text: '人脸核验退款' },
] as const
const CHANNELS = { 'mini-program': '小程序', 'official-account': '公众号' } as const

export function wayName(way: string): string {
  return WAY_OPTIONS.find(({ value }) => value === way)?.text ?? way
}

export function routeName(route: 'original' | 'transfer'): string {
  return route === 'original' ? '原路退款' : '商家转账'
}

export function channelName(channel: keyof typeof CHANNELS): string {
  return CHANNELS[channel]
}

/** What the page says of each list, and of one that is empty. */
export const LISTS = {
  todo: {
    text: '需要处理',
    about: '失效后没有人领的、等第二个人复核的、退款异常的、医院系统十分钟没有办完的。等得最久的在前。',
    whenEmpty: '现在没有要人处理的退款。',
  },
  'one-sided': {
    text: '单边订单（已失效，可重发）',
    about:
      '微信查询确认没有付出，医院还冻结着。可以生成新订单号退款，或退回余额；医院系统不能退回的，在窗口付讫。',
    whenEmpty: '没有单边订单。',
  },
  overdue: {
    text: '超时未决（不可重发）',
    about:
      '超过 24 小时，微信还没有最后的结果。系统一直在查询，最长 30 天，之后以账单为准；这时重发会付两次。',
    whenEmpty: '没有超时未决的。',
  },
  'to-confirm': {
    text: '待患者确认',
    about: '微信在等患者点“确认收款”，没有确认之前钱不会到账。',
    whenEmpty: '没有在等患者确认的。',
  },
  abnormal: {
    text: '退款异常',
    about: '原来的账户收不了，或微信的答复和我们发出的不一致。没有处理之前不会再付。',
    whenEmpty: '没有异常的退款。',
  },
  'in-transit': {
    text: '在途',
    about: '医院已经冻结或扣减，还没有核销，也没有退回。',
    whenEmpty: '没有在途的退款。',
  },
  all: { text: '全部', about: '新的在前。', whenEmpty: '还没有患者申请过退款。' },
} as const
export type ListKey = keyof typeof LISTS

export function listOf(value: unknown): ListKey {
  return typeof value === 'string' && value in LISTS ? (value as ListKey) : 'todo'
}

export const WINDOW_WAYS = [
  { value: 'cash', text: '现金' },
  { value: 'bank-transfer', text: '银行转账' },
] as const
export type WindowWay = (typeof WINDOW_WAYS)[number]['value']

export function windowText({
  how,
  voucher,
  paidOn,
}: {
  how: WindowWay
  voucher: string
  paidOn: string
}): string {
  const way = WINDOW_WAYS.find(({ value }) => value === how)?.text ?? how
  return `${way}，凭证号 ${voucher}，${paidOn} 付`
}

const NOTICES: Readonly<Record<string, string>> = {
  ...{
    applied: '申请已受理',
    waiting: '等待接收',
    reminder: '提醒接收',
    paid: '退款成功',
    expired: '已失效',
  },
  ...{ reissued: '已重新发起', funded: '现在可以退', balance: '余额提醒' },
}
export function noticeName(kind: string): string {
  return NOTICES[kind] ?? kind
}

const NOTICE_CHANNELS: Readonly<Record<string, string>> = {
  ...{ assistant: '就医助手', template: '公众号模板消息', subscribe: '小程序订阅消息' },
}
export function noticeChannel(channel: string | null): string {
  return channel === null ? '还没有渠道' : (NOTICE_CHANNELS[channel] ?? channel)
}

const POSTINGS: Readonly<Record<string, string>> = {
  ...{ held: '冻结', released: '解冻', 'refund-done': '原路退款到账', 'transfer-done': '转账到账' },
  'window-paid': '窗口付讫',
}
/** A posting is named `held:leg_…:1`. */
export function postingName(posting: string): string {
  const [kind = posting] = posting.split(':')
  return POSTINGS[kind] ?? kind
}

const ACCOUNTS: Readonly<Record<string, string>> = {
  ...{ deposit: '患者预交金', 'deposit-in-transit': '退款在途', 'deposit-paid': '已付患者' },
  'paid-at-window': '窗口已付患者',
}
export function accountName(account: string): string {
  return ACCOUNTS[account] ?? account
}
