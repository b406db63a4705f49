import type { HisOperation } from '@zhangyi/his'
import { codes, type Fields, field, texts } from '../fields.ts'

/** One trade of the dialect: what stands in the request and in the reply. */
export interface Trade {
  /** Four digits. */
  readonly code: string
  readonly operation: HisOperation
  /** Two operations under one code are told apart by this tag. */
  readonly when?: readonly [tag: string, value: string]
  readonly request: Fields
  readonly reply: Reply
}

/** `page`: rows, and the mark of the next page beside them. */
export type Reply =
  | { readonly kind: 'none' }
  | { readonly kind: 'data'; readonly fields: Fields }
  | { readonly kind: 'rows'; readonly fields: Fields }
  | { readonly kind: 'page'; readonly fields: Fields }

export const NOTHING: Reply = { kind: 'none' }
export const data = (fields: Fields): Reply => ({ kind: 'data', fields })
export const rows = (fields: Fields): Reply => ({ kind: 'rows', fields })

/** The request of every status query: the serial number of the change that is asked about. */
export const OLD_SERIAL = texts({ YLSH: 'forRequestKey' })
export const PATIENT = texts({ BRID: 'patid' })
export const DAYS = [field('KSRQ', 'from', 'day'), field('JSRQ', 'to', 'day')]
export const PERIOD = codes({ morning: '1', afternoon: '2', evening: '3' })
export const CHANNEL = codes({ cash: '01', 'bank-card': '02', alipay: '03', wechat: '04', other: '99' })
export const PAYMENT = [
  ...texts({ ZFDDH: 'payment.paymentNumber', QDLSH: 'payment.channelNumber' }),
  field('ZFJE', 'payment.amount', 'yuan'),
  field('ZFSJ', 'payment.paidAt', 'time'),
]
