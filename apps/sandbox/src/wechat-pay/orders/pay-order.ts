import { announce } from '../callbacks/announce.ts'
import type { PayPlatform } from '../platform.ts'
import type { Order } from './order.ts'
import { orderAnswer } from './query-order.ts'

/** The payer's money reaches the basic account. The order must be NOTPAY. */
export function payOrder(platform: PayPlatform, order: Order, atMs = platform.clock.nowMs()): void {
  if (order.state !== 'NOTPAY') throw new Error(`order ${order.outTradeNo} is ${order.state}`)
  const { totalFen: amountFen, outTradeNo: number, transactionId: wechatNumber, openid } = order
  const move = { from: `user:${openid}`, to: 'basic', amountFen } as const
  platform.ledger.post({ atMs, kind: 'payment', ...move, number, wechatNumber })
  order.state = 'SUCCESS'
  order.paidMs = atMs
  platform.changed = true
  announce(platform, {
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    ...{ number, url: order.notifyUrl || undefined, atMs },
    plain: orderAnswer(platform, order),
  })
}
