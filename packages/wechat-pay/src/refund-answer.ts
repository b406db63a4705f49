import type { Fen } from '@zhangyi/core'
import {
  type Members,
  optionalText,
  optionalTimeMs,
  present,
  requiredFen,
  requiredMembers,
  requiredText,
  requiredTimeMs,
} from './read-members.ts'

export const REFUND_STATUSES = ['PROCESSING', 'SUCCESS', 'CLOSED', 'ABNORMAL'] as const
export type RefundStatus = (typeof REFUND_STATUSES)[number]

/** ABNORMAL is neither final nor failed: the money waits and must never be replaced by another refund or transfer. */
export type RefundState =
  | { readonly status: RefundStatus }
  | { readonly status: 'UNRECOGNISED'; readonly raw: string }

export interface RefundFacts {
  readonly refundId: string
  readonly outRefundNo: string
  readonly transactionId: string
  readonly outTradeNo: string
  /** Whither the money goes, as a text for the patient, e.g. 支付用户零钱. */
  readonly userReceivedAccount?: string
  readonly successTimeMs?: number
  readonly totalFen: Fen
  readonly refundFen: Fen
  readonly payerTotalFen: Fen
  readonly payerRefundFen: Fen
}

export type RefundAnswer = RefundFacts &
  RefundState & {
    /** ORIGINAL, BALANCE, OTHER_BALANCE or OTHER_BANKCARD. */
    readonly channel?: string
    readonly createTimeMs: number
  }

export type RefundNotice = RefundFacts & RefundState & { readonly mchid: string }

/** Whether a refund can no longer change. CLOSED alone permits another refund number. */
export function isFinalRefundStatus(status: RefundStatus | 'UNRECOGNISED'): boolean {
  return status === 'SUCCESS' || status === 'CLOSED'
}

export function readRefundAnswer(members: Members): RefundAnswer {
  return {
    ...readFacts(members),
    ...readState(members, 'status'),
    ...present({ channel: optionalText(members, 'channel') }),
    createTimeMs: requiredTimeMs(members, 'create_time'),
  }
}

/** A callback spells it `refund_status`. */
export function readRefundNotice(members: Members): RefundNotice {
  return {
    ...readFacts(members),
    ...readState(members, 'refund_status'),
    mchid: requiredText(members, 'mchid'),
  }
}

function readState(members: Members, name: string): RefundState {
  const raw = requiredText(members, name)
  const status = REFUND_STATUSES.find((one) => one === raw)
  return status ? { status } : { status: 'UNRECOGNISED', raw }
}

function readFacts(members: Members): RefundFacts {
  const amount = requiredMembers(members, 'amount')
  return present({
    refundId: requiredText(members, 'refund_id'),
    outRefundNo: requiredText(members, 'out_refund_no'),
    transactionId: requiredText(members, 'transaction_id'),
    outTradeNo: requiredText(members, 'out_trade_no'),
    userReceivedAccount: optionalText(members, 'user_received_account'),
    successTimeMs: optionalTimeMs(members, 'success_time'),
    totalFen: requiredFen(amount, 'total'),
    refundFen: requiredFen(amount, 'refund'),
    payerTotalFen: requiredFen(amount, 'payer_total'),
    payerRefundFen: requiredFen(amount, 'payer_refund'),
  })
}
