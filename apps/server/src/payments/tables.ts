import { fen } from '@zhangyi/core'
import type { Channel } from '../platform/sessions/session.ts'
import type { PaymentOrder, PaymentPurpose, PaymentState, Refund, RefundState } from './payment-order.ts'

// Types, not interfaces: Kysely asks for an index signature.
export type OrderRow = {
  hospital_id: string
  id: string
  purpose: PaymentPurpose
  subject: string
  user_id: string
  appid: string
  openid: string
  channel: Channel
  description: string
  amount_fen: number
  out_trade_no: string
  state: PaymentState
  problem: string | null
  created_at_ms: number
  expires_at_ms: number
  close_wished_at_ms: number | null
  prepay_id: string | null
  prepaid_at_ms: number | null
  transaction_id: string | null
  paid_at_ms: number | null
  settled_at_ms: number | null
  looks: number
  missed_looks: number
  next_action_at_ms: number | null
}

export type RefundRow = {
  hospital_id: string
  id: string
  payment_order_id: string
  request_key: string
  amount_fen: number
  reason: string
  state: RefundState
  problem: string | null
  account: string | null
  created_at_ms: number
  done_at_ms: number | null
  looks: number
  next_action_at_ms: number | null
}

export type AttemptEndpoint = 'jsapi-prepay' | 'jsapi-close' | 'refund-create'

export type AttemptRow = {
  hospital_id: string
  id: string
  payment_order_id: string
  refund_id: string | null
  endpoint: AttemptEndpoint
  mchid: string
  number: string
  request: Buffer
  sendings: number
  state: 'stored' | 'asked' | 'yes' | 'no' | 'unknown'
  last_problem: string | null
  request_id: string | null
  queried_state: string | null
  replaces: string | null
  created_at_ms: number
  sent_at_ms: number | null
}

export type NoticeRow = {
  hospital_id: string
  id: string
  event_type: string
  number: string
  number_state: string
  body: Buffer
  state: 'stored' | 'worked' | 'foreign'
  looks: number
  received_at_ms: number
  next_action_at_ms: number | null
}

export type PaymentsTables = {
  payment_order: OrderRow
  refund_order: RefundRow
  payment_attempt: AttemptRow
  payment_notice: NoticeRow
}

export function orderOf(row: OrderRow): PaymentOrder {
  return {
    ...{ id: row.id, purpose: row.purpose, subject: row.subject, userId: row.user_id },
    ...{ appid: row.appid, openid: row.openid, channel: row.channel, description: row.description },
    ...{ amountFen: fen(row.amount_fen), expiresAtMs: row.expires_at_ms, outTradeNo: row.out_trade_no },
    ...{ state: row.state, createdAtMs: row.created_at_ms },
    ...{ transactionId: row.transaction_id ?? undefined, paidAtMs: row.paid_at_ms ?? undefined },
  }
}

export function refundOf(row: RefundRow): Refund {
  return {
    ...{ id: row.id, paymentOrderId: row.payment_order_id, amountFen: fen(row.amount_fen) },
    ...{ reason: row.reason, state: row.state, account: row.account ?? undefined },
  }
}
