import type { OrderKind } from '../order-row.ts'
import type { State } from '../order-states.ts'
import type { Trouble } from './find-troubles.ts'

/** As the page calls them. */
export const KIND_WORDS: Readonly<Record<OrderKind, string>> = {
  appointment: '预约挂号',
  'same-day': '当日挂号',
  'outpatient-fee': '门诊缴费',
}

export const STATE_WORDS: Readonly<Record<State, string>> = {
  locking: '锁号中',
  'to-pay': '待付款',
  closing: '关闭中',
  unlocking: '放号中',
  closed: '已关闭',
  paid: '已付，待登记',
  posting: 'HIS 登记中',
  done: '已办成',
  refunding: '未办成，退款中',
  refunded: '未办成，已退款',
  cancelling: '退号中',
  'cancel-refunding': '已退号，退款中',
  cancelled: '已退号',
}

export const TROUBLE_WORDS: Readonly<Record<Trouble, string>> = {
  refund: '退款要人处理',
  mismatch: '付款不符',
  contradicted: '付款存疑',
  'foreign-answer': 'HIS 答非所问',
  doubtful: '结果不明',
}
