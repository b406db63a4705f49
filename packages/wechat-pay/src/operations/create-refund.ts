import type { Fen } from '@zhangyi/core'
import {
  checkAmount,
  checkNotifyUrl,
  checkOutRefundNo,
  checkOutTradeNo,
  checkPlatformNumber,
  checkText,
} from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { WechatPayInputError } from '../errors.ts'
import { expectNumber } from '../expect-number.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import { type RefundAnswer, readRefundAnswer } from '../refund-answer.ts'
import type { SentResult } from '../sent-result.ts'

/** The payment, by one of its two numbers. */
export type RefundedOrder = { readonly transactionId: string } | { readonly outTradeNo: string }

export type RefundInput = RefundedOrder & {
  /** 1–64 of letters, digits, `_ - | * @`. The same number refunds once. */
  readonly outRefundNo: string
  readonly refundFen: Fen
  /** Of the original payment. */
  readonly totalFen: Fen
  /** Shown to the patient. */
  readonly reason?: string
  readonly notifyUrl?: string
}

/** 退款申请, prepared. Throws `WechatPayInputError`. */
export function prepareRefund(caller: Caller, input: RefundInput): PreparedRequest<'refund-create'> {
  const { reason, notifyUrl } = input
  const outRefundNo = checkOutRefundNo(input.outRefundNo)
  const refund = checkAmount('amount.refund', input.refundFen, 1)
  const total = checkAmount('amount.total', input.totalFen, 1)
  if (refund > total) throw new WechatPayInputError('amount.refund', 'more than was paid')
  const body = jsonBody({
    ...orderOf(input),
    out_refund_no: outRefundNo,
    ...(reason !== undefined && { reason: checkText('reason', reason, 80) }),
    ...(notifyUrl !== undefined && {
      notify_url: checkNotifyUrl(notifyUrl, caller.options.allowLocalNotifyUrls),
    }),
    amount: { refund, total, currency: 'CNY' },
  })
  return {
    endpoint: 'refund-create',
    method: 'POST',
    mchid: caller.mchid,
    path: ENDPOINTS['refund-create'],
    body,
    number: outRefundNo,
  }
}

/** A `yes` means accepted: only `status` SUCCESS, from here or a query, means refunded. */
export function createRefund(
  caller: Caller,
  prepared: PreparedRequest<'refund-create'>,
  send: SendOptions,
): Promise<SentResult<RefundAnswer>> {
  expectEndpoint(prepared, 'refund-create')
  return caller.change(prepared, send, (answer) => {
    const refund = readRefundAnswer(answer)
    expectNumber('out_refund_no', refund.outRefundNo, prepared.number)
    return refund
  })
}

function orderOf(order: RefundedOrder) {
  const both = order as { readonly transactionId?: string; readonly outTradeNo?: string }
  if (both.transactionId !== undefined && both.outTradeNo !== undefined)
    throw new WechatPayInputError('transaction_id', 'one of the two numbers, not both')
  if (both.transactionId !== undefined)
    return { transaction_id: checkPlatformNumber('transaction_id', both.transactionId) }
  return { out_trade_no: checkOutTradeNo(both.outTradeNo ?? '') }
}
