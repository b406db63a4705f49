import { DAY_MS, HOUR_MS } from '@zhangyi/core'
import { z } from 'zod'
import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { newNumber, newToken, type PayPlatform, wake } from '../platform.ts'
import { amountFen, checkAppidAndOpenid, notifyUrl, text } from '../requests/fields.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import type { Order } from './order.ts'

/** Without time_expire an order can be paid for a week. */
const DEFAULT_LIFETIME_MS = 7 * DAY_MS
export const PREPAY_LIFETIME_MS = 2 * HOUR_MS

const schema = z.object({
  appid: text(32),
  mchid: text(32),
  description: text(127),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/, '须为 6–32 位数字、字母或 _-|*'),
  time_expire: z.iso.datetime({ offset: true, error: '须为 RFC 3339 时间' }).optional(),
  attach: z.string().max(128).optional(),
  notify_url: notifyUrl,
  amount: z.object({ total: amountFen(1), currency: z.literal('CNY', '只支持 CNY').default('CNY') }),
  payer: z.object({ openid: text(128) }),
})

/** JSAPI 下单: the same number with the same data gives a prepay_id again. */
export function prepay(platform: PayPlatform, { body }: PayRequest): object {
  const wish = parseInput(schema, body)
  if (wish.mchid !== MCHID) throw new PayRefusal('PARAM_ERROR', 'mchid 与签名的商户号不一致')
  checkAppidAndOpenid(wish.appid, wish.payer.openid)
  const nowMs = platform.clock.nowMs()
  const expiresMs = wish.time_expire ? Date.parse(wish.time_expire) : undefined
  const fingerprint = JSON.stringify(wish)
  const known = platform.orders.byNumber(wish.out_trade_no)
  if (known) return prepayAgain(platform, known, fingerprint)
  if (expiresMs !== undefined && expiresMs <= nowMs)
    throw new PayRefusal('PARAM_ERROR', '订单失效时间 time_expire 须晚于当前时间')
  const order: Order = {
    outTradeNo: wish.out_trade_no,
    transactionId: newNumber(platform, '4200002026', 28),
    ...{ appid: wish.appid, openid: wish.payer.openid, description: wish.description, attach: wish.attach },
    ...{ totalFen: wish.amount.total, notifyUrl: wish.notify_url, fingerprint },
    createdMs: nowMs,
    expiresMs: expiresMs ?? nowMs + DEFAULT_LIFETIME_MS,
    prepayId: newPrepayId(nowMs),
    prepaidMs: nowMs,
    state: 'NOTPAY',
    refundNumbers: [],
    hiddenUntilMs: hiddenUntil(platform, 'jsapi-prepay'),
  }
  platform.orders.put(order)
  wake(platform, order.expiresMs)
  return { prepay_id: order.prepayId }
}

function prepayAgain(platform: PayPlatform, order: Order, fingerprint: string): object {
  if (order.fingerprint !== fingerprint)
    throw new PayRefusal('OUT_TRADE_NO_USED', '商户订单号重复，请核实商户订单号是否重复提交')
  if (order.state === 'CLOSED') throw new PayRefusal('ORDER_CLOSED', '该订单已关闭，请重新下单')
  if (order.state !== 'NOTPAY') throw new PayRefusal('ORDERPAID', '该订单已支付')
  const nowMs = platform.clock.nowMs()
  if (order.prepaidMs + PREPAY_LIFETIME_MS <= nowMs) order.prepayId = newPrepayId(nowMs)
  order.prepaidMs = nowMs
  return { prepay_id: order.prepayId }
}

const DEFAULT_WINDOW_MS = 60_000

/** Until when a query does not find what is accepted now: the fault `not-found-window`, if ordered. */
export function hiddenUntil(platform: PayPlatform, operation: string): number | undefined {
  const fault = platform.faults.take('not-found-window', operation)
  return fault && platform.clock.nowMs() + (fault.delayMs ?? DEFAULT_WINDOW_MS)
}

export function isHidden(platform: PayPlatform, item: { hiddenUntilMs?: number | undefined }): boolean {
  return item.hiddenUntilMs !== undefined && platform.clock.nowMs() < item.hiddenUntilMs
}

function newPrepayId(nowMs: number): string {
  const time = new Date(nowMs + 8 * HOUR_MS).toISOString().replace(/\D/g, '').slice(0, 14)
  return `wx${time}${Buffer.from(newToken(10)).toString('hex').slice(0, 20)}`
}
