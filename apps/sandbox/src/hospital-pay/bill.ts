import type { Fen } from '@zhangyi/core'

/** 收款, 原路退款, 商家转账. Amounts are positive for all three. */
export const KINDS = ['payment', 'refund', 'transfer'] as const
export type Kind = (typeof KINDS)[number]
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  payment: '收款',
  refund: '原路退款',
  transfer: '商家转账',
}

export interface BillRow {
  readonly kind: Kind
  /** Our own number of the order, refund or transfer: once a day and kind. */
  readonly orderNo: string
  /** WeChat's number. */
  readonly channelNo: string
  readonly amount: Fen
  /** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly time: string
}

export interface BillTotal {
  readonly kind: Kind
  readonly count: number
  readonly amount: Fen
}

export interface Bill {
  readonly rows: readonly BillRow[]
  readonly totals: readonly BillTotal[]
}

/** A line of the body with its number, before the whole is checked. */
export type BillLine =
  | ({ readonly record: 'row'; readonly line: number } & BillRow)
  | ({ readonly record: 'total'; readonly line: number } & BillTotal)
