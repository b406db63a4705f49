import { fen } from '@zhangyi/core'
import type { CallClass, TransferState as WechatState } from '@zhangyi/wechat-pay'
import type { Channel } from '../platform/sessions/session.ts'
import type {
  Contradicted,
  PaymentOrder,
  PaymentPurpose,
  PaymentState,
  Refund,
  RefundState,
} from './payment-order.ts'
import type { Transfer, TransferState } from './transfers/transfer.ts'

// Types, not interfaces: Kysely asks for an index signature.
export type OrderRow = {
  hospital_id: string
  id: string
  purpose: PaymentPurpose
  subject: string
  /** Null, and so the three after it: a recharge that was paid through another system and imported. */
  user_id: string | null
  appid: string | null
  openid: string | null
  channel: Channel | null
  description: string
  amount_fen: number
  refunded_before_fen: number
  refunded_as_of_ms: number | null
  mchid: string | null
  out_trade_no: string
  state: PaymentState
  problem: string | null
  /** When a person said that it is dealt with. */
  problem_done_at_ms: number | null
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
  /** Of the journal; null: the payment order itself. */
  case_id: string | null
  amount_fen: number
  reason: string
  state: RefundState
  problem: string | null
  /** All that WeChat said against its end. */
  contradiction: string | null
  /** When a person said that it is dealt with. */
  problem_done_at_ms: number | null
  account: string | null
  /** Under which a query found it paid. */
  paid_number: string | null
  created_at_ms: number
  done_at_ms: number | null
  looks: number
  next_action_at_ms: number | null
}

/** What belongs to a payment order or to a refund of it, and what belongs to a transfer. */
export type OrderEndpoint = 'jsapi-prepay' | 'jsapi-close' | 'refund-create' | 'refund-abnormal'
export type TransferEndpoint = 'transfer-create' | 'transfer-cancel' | 'receipt-ask'
export type AttemptEndpoint = OrderEndpoint | TransferEndpoint

export type AttemptRow = {
  hospital_id: string
  id: string
  payment_order_id: string | null
  refund_id: string | null
  transfer_id: string | null
  endpoint: AttemptEndpoint
  mchid: string
  number: string
  /** Which request under its number, from 1. */
  version: number
  request: Buffer
  sendings: number
  state: 'stored' | 'asked' | 'yes' | 'no' | 'unknown'
  doubtful: boolean
  last_class: CallClass | null
  last_problem: string | null
  request_id: string | null
  queried_state: string | null
  replaces: string | null
  created_at_ms: number
  sent_at_ms: number | null
}

export type TransferRow = {
  hospital_id: string
  id: string
  purpose: PaymentPurpose
  subject: string
  case_id: string
  user_id: string
  appid: string
  openid: string
  payee: Buffer
  amount_fen: number
  mchid: string
  out_bill_no: string
  state: TransferState
  wechat_state: WechatState | null
  fail_reason: string | null
  problem: string | null
  /** All that WeChat said against its end. */
  contradiction: string | null
  /** When a person said that it is dealt with. */
  problem_done_at_ms: number | null
  package_info: Buffer | null
  package_at_ms: number | null
  transfer_bill_no: string | null
  cancel_wished_at_ms: number | null
  created_at_ms: number
  sent_at_ms: number | null
  done_at_ms: number | null
  looks: number
  next_action_at_ms: number | null
}

export type ReservationRow = {
  hospital_id: string
  purpose: PaymentPurpose
  subject: string
  mchid: string
  amount_fen: number
  reserved_at_ms: number
  locked_at_ms: number | null
  state: 'held' | 'spent' | 'freed'
  ended_at_ms: number | null
}

export type FundAccountRow = {
  hospital_id: string
  mchid: string
  balance_fen: number | null
  source: 'api' | 'statement' | 'operator' | null
  as_of_ms: number | null
  api_closed_until_ms: number | null
  dry_since_ms: number | null
}

export type TopUpRow = {
  hospital_id: string
  id: string
  mchid: string
  amount_fen: number
  at_ms: number
  noted_by: string
}

/** A refund of a recharge that another system made, as a trade bill told it. */
export type RechargeRefundRow = {
  hospital_id: string
  mchid: string
  out_refund_no: string
  out_trade_no: string
  amount_fen: number
  asked_at_ms: number
}

export type PayoutStopRow = { hospital_id: string; since_ms: number; stopped_by: string; reason: string }

export type ReceiptRow = {
  hospital_id: string
  transfer_id: string
  out_bill_no: string
  state: 'to-ask' | 'asked' | 'kept' | 'failed'
  problem: string | null
  hash_type: string | null
  hash_value: string | null
  file: Buffer | null
  kept_at_ms: number | null
  looks: number
  next_action_at_ms: number | null
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
  transfer_order: TransferRow
  transfer_receipt: ReceiptRow
  fund_reservation: ReservationRow
  fund_account: FundAccountRow
  recharge_refund: RechargeRefundRow
  fund_top_up: TopUpRow
  payout_stop: PayoutStopRow
}

export function orderOf(row: OrderRow): PaymentOrder {
  return {
    ...{ id: row.id, purpose: row.purpose, subject: row.subject, userId: row.user_id ?? undefined },
    ...{ appid: row.appid ?? undefined, openid: row.openid ?? undefined, description: row.description },
    ...{ amountFen: fen(row.amount_fen), expiresAtMs: row.expires_at_ms, outTradeNo: row.out_trade_no },
    ...{ state: row.state, createdAtMs: row.created_at_ms },
    ...{ transactionId: row.transaction_id ?? undefined, paidAtMs: row.paid_at_ms ?? undefined },
    ...{ settledAtMs: row.settled_at_ms ?? undefined, problem: row.problem ?? undefined },
    problemDoneAtMs: row.problem_done_at_ms ?? undefined,
  }
}

export function transferOf(row: TransferRow): Transfer {
  return {
    ...{ id: row.id, purpose: row.purpose, subject: row.subject, amountFen: fen(row.amount_fen) },
    ...{ state: row.state, wechatState: row.wechat_state ?? undefined },
    ...{ failReason: row.fail_reason ?? undefined, problem: row.problem ?? undefined },
    ...{ number: row.out_bill_no, billNumber: row.transfer_bill_no ?? undefined },
    ...{ createdAtMs: row.created_at_ms, sentAtMs: row.sent_at_ms ?? undefined },
    ...{ doneAtMs: row.done_at_ms ?? undefined, isCancelWished: row.cancel_wished_at_ms !== null },
    ...contradictionOf(row),
  }
}

export function refundOf(row: RefundRow): Refund {
  return {
    ...{ id: row.id, paymentOrderId: row.payment_order_id, amountFen: fen(row.amount_fen) },
    ...{ reason: row.reason, state: row.state, problem: row.problem ?? undefined },
    ...{ account: row.account ?? undefined, number: row.paid_number ?? undefined },
    ...{ caseId: row.case_id ?? undefined, createdAtMs: row.created_at_ms },
    ...{ doneAtMs: row.done_at_ms ?? undefined, ...contradictionOf(row) },
  }
}

function contradictionOf(row: Pick<RefundRow, 'contradiction' | 'problem_done_at_ms'>): Contradicted {
  return {
    contradiction: row.contradiction ?? undefined,
    problemDoneAtMs: row.problem_done_at_ms ?? undefined,
  }
}
