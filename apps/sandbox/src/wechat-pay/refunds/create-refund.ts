import { DAY_MS } from '@zhangyi/core'
import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import type { Order } from '../orders/order.ts'
import { hiddenUntil } from '../orders/prepay.ts'
import { personOf } from '../people.ts'
import { newNumber, type PayPlatform, wake } from '../platform.ts'
import { amountFen, notifyUrl, text } from '../requests/fields.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { refundAnswer } from './query-refund.ts'
import type { Refund } from './refund.ts'
import { refundsOf, sumOf } from './settle-refund.ts'

const WINDOW_MS = 365 * DAY_MS
const MOST_PARTIALS = 50

const schema = z
  .object({
    transaction_id: text(32).optional(),
    out_trade_no: text(32).optional(),
    out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/, '只能是数字、字母和 _-|*@，最长 64 位'),
    reason: text(80).optional(),
    notify_url: notifyUrl.optional(),
    funds_account: z.literal('AVAILABLE', '只支持 AVAILABLE').optional(),
    amount: z.object({ refund: amountFen(1), total: amountFen(1), currency: z.literal('CNY', '只支持 CNY') }),
  })
  .refine((one) => one.transaction_id ?? one.out_trade_no, 'transaction_id 与 out_trade_no 二选一')
type Wish = z.output<typeof schema>

/** 申请退款: out_refund_no refunds once; the same request again answers the refund as it is now. */
export function createRefund(platform: PayPlatform, { body }: PayRequest): object {
  const wish = parseInput(schema, body)
  const order = wish.transaction_id
    ? platform.orders.byId(wish.transaction_id)
    : platform.orders.byNumber(wish.out_trade_no ?? '')
  if (!order || order.paidMs === undefined)
    throw new PayRefusal('RESOURCE_NOT_EXISTS', '订单不存在，请检查订单号是否正确')
  const fingerprint = JSON.stringify([order.outTradeNo, wish.amount])
  const known = platform.refunds.byNumber(wish.out_refund_no)
  if (known && known.fingerprint !== fingerprint)
    throw new PayRefusal('INVALID_REQUEST', '商户退款单号已存在，且与原请求参数不一致')
  if (known) return refundAnswer(known)
  check(platform, wish, order, order.paidMs)
  const refund = accept(platform, wish, order, fingerprint)
  return refundAnswer(refund)
}

function check(platform: PayPlatform, wish: Wish, order: Order, paidMs: number): void {
  const nowMs = platform.clock.nowMs()
  const { refund, total } = wish.amount
  if (wish.out_trade_no !== undefined && wish.out_trade_no !== order.outTradeNo)
    throw new PayRefusal('INVALID_REQUEST', '订单号与微信支付订单号不匹配')
  if (total !== order.totalFen) throw new PayRefusal('INVALID_REQUEST', '订单金额与原支付订单金额不一致')
  if (nowMs - paidMs > WINDOW_MS) throw new PayRefusal('INVALID_REQUEST', '订单已超过一年，不支持退款')
  const before = refundsOf(platform, order)
  if (sumOf(before) + refund > total) throw new PayRefusal('INVALID_REQUEST', '累计退款金额大于订单可退金额')
  if (order.refundNumbers.length >= MOST_PARTIALS)
    throw new PayRefusal('INVALID_REQUEST', '同一笔订单部分退款次数超过 50 次')
  const latestMs = Math.max(
    ...order.refundNumbers.map((number) => platform.refunds.byNumber(number)?.createdMs ?? 0),
  )
  if (nowMs - latestMs < platform.settings.refundSpacingMs)
    throw new PayRefusal('FREQUENCY_LIMITED', '同一笔订单的部分退款须间隔 1 分钟以上')
  if (traits(platform, order).refund === 'account-abnormal' || take(platform, 'user-account-abnormal'))
    throw new PayRefusal('USER_ACCOUNT_ABNORMAL', '退款请求失败，用户账户已注销')
  if (platform.ledger.balance('basic') < refund)
    throw new PayRefusal('NOT_ENOUGH', '商户基本账户余额不足，请充值后使用原退款单号重试')
}

function accept(platform: PayPlatform, wish: Wish, order: Order, fingerprint: string): Refund {
  const { settings, clock, ledger } = platform
  const nowMs = clock.nowMs()
  const { bankCard, refund: fate } = traits(platform, order)
  const abnormal = take(platform, 'refund-abnormal') || fate === 'abnormal'
  const closed = take(platform, 'refund-closed')
  const refund: Refund = {
    outRefundNo: wish.out_refund_no,
    refundId: newNumber(platform, '5030000', 29),
    ...{ transactionId: order.transactionId, outTradeNo: order.outTradeNo, openid: order.openid },
    ...{ refundFen: wish.amount.refund, totalFen: order.totalFen, fingerprint },
    ...{ reason: wish.reason, notifyUrl: wish.notify_url, createdMs: nowMs },
    channel: 'ORIGINAL',
    receivedAccount: bankCard ?? '支付用户零钱',
    status: 'PROCESSING',
    plan: abnormal ? 'ABNORMAL' : closed ? 'CLOSED' : 'SUCCESS',
    settlesMs: nowMs + (bankCard === undefined ? settings.refundSettleMs : settings.refundToCardMs),
    hiddenUntilMs: hiddenUntil(platform, 'create-refund'),
  }
  const about = { number: refund.outRefundNo, wechatNumber: refund.refundId, amountFen: refund.refundFen }
  ledger.post({ atMs: nowMs, kind: 'refund-held', from: 'basic', to: 'waiting', ...about })
  platform.refunds.put(refund)
  order.refundNumbers.push(refund.outRefundNo)
  order.state = 'REFUND'
  wake(platform, refund.settlesMs)
  return refund
}

function take({ faults }: PayPlatform, kind: string): boolean {
  return faults.take(kind, 'create-refund') !== undefined
}

function traits({ people }: PayPlatform, { openid }: Order) {
  return people.get(personOf(openid)) ?? {}
}
