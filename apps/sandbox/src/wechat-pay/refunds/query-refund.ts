import { PayRefusal } from '../errors.ts'
import { isHidden } from '../orders/prepay.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'
import type { PayRequest } from '../requests/route.ts'
import type { Refund } from './refund.ts'

/** 查询单笔退款; no limit in time. */
export function queryRefund(platform: PayPlatform, { params }: PayRequest): object {
  const refund = platform.refunds.byNumber(params['outRefundNo'] ?? '')
  if (!refund || isHidden(platform, refund)) throw new PayRefusal('RESOURCE_NOT_EXISTS', '退款单不存在')
  return refundAnswer(refund)
}

export function refundAnswer(refund: Refund): object {
  const { totalFen, refundFen, successMs } = refund
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: refund.channel,
    user_received_account: refund.receivedAccount,
    ...(successMs !== undefined && { success_time: rfc3339(successMs) }),
    create_time: rfc3339(refund.createdMs),
    status: refund.status,
    funds_account: 'AVAILABLE',
    amount: {
      ...{ total: totalFen, refund: refundFen, payer_total: totalFen, payer_refund: refundFen },
      ...{ settlement_refund: refundFen, settlement_total: totalFen, discount_refund: 0, currency: 'CNY' },
      ...{ from: [], refund_fee: 0 },
    },
    promotion_detail: [],
  }
}
