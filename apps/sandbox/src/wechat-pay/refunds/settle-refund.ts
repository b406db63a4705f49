import { addFen, type Fen } from '@zhangyi/core'
import type { Step } from '../advance.ts'
import { announce } from '../callbacks/announce.ts'
import { MCHID } from '../credentials.ts'
import type { Order } from '../orders/order.ts'
import { type PayPlatform, rfc3339, wake } from '../platform.ts'
import type { Refund } from './refund.ts'

const SUMMARIES = { SUCCESS: '退款成功', CLOSED: '退款关闭', ABNORMAL: '退款异常' } as const

export function nextRefundStep(platform: PayPlatform, refund: Refund): Step | undefined {
  if (refund.status !== 'PROCESSING') return undefined
  const { settlesMs } = refund
  return { atMs: settlesMs, run: () => settleRefund(platform, refund, refund.plan, settlesMs) }
}

/** Ends a refund that is PROCESSING: pays it out, gives the money back, or leaves it waiting (ABNORMAL). */
export function settleRefund(
  platform: PayPlatform,
  refund: Refund,
  status: 'SUCCESS' | 'CLOSED' | 'ABNORMAL',
  atMs: number,
): void {
  const { refundFen: amountFen, outRefundNo: number, refundId: wechatNumber, openid } = refund
  const about = { atMs, amountFen, number, wechatNumber, from: 'waiting' } as const
  if (status === 'SUCCESS' && refund.toMerchantCard)
    platform.ledger.post({ ...about, kind: 'refund-to-merchant-card', to: 'outside' })
  else if (status === 'SUCCESS') platform.ledger.post({ ...about, kind: 'refund-paid', to: `user:${openid}` })
  else if (status === 'CLOSED') platform.ledger.post({ ...about, kind: 'refund-returned', to: 'basic' })
  refund.status = status
  refund.firstEnd ??= { status, atMs }
  if (status === 'SUCCESS') refund.successMs = atMs
  wake(platform)
  announce(platform, {
    eventType: `REFUND.${status}`,
    originalType: 'refund',
    summary: SUMMARIES[status],
    ...{ number, url: refund.notifyUrl, atMs },
    plain: {
      mchid: MCHID,
      transaction_id: refund.transactionId,
      out_trade_no: refund.outTradeNo,
      refund_id: wechatNumber,
      out_refund_no: number,
      refund_status: status,
      ...(status === 'SUCCESS' && { success_time: rfc3339(atMs) }),
      user_received_account: refund.receivedAccount,
      amount: {
        total: refund.totalFen,
        refund: amountFen,
        payer_total: refund.totalFen,
        payer_refund: amountFen,
      },
    },
  })
}

/** Refunds of an order that are not closed: they use up what can be refunded. */
export function refundsOf(platform: PayPlatform, order: Order): readonly Refund[] {
  return order.refundNumbers
    .map((number) => platform.refunds.byNumber(number))
    .filter((refund) => refund !== undefined && refund.status !== 'CLOSED') as readonly Refund[]
}

export function sumOf(refunds: readonly Refund[]): Fen {
  return addFen(...refunds.map(({ refundFen }) => refundFen))
}
