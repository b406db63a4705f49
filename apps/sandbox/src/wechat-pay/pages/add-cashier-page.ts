import { formatYuan } from '@zhangyi/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { type Html, html } from '../../kit/html.ts'
import { advance } from '../advance.ts'
import { verifies } from '../keys/cipher.ts'
import type { Order } from '../orders/order.ts'
import { payOrder } from '../orders/pay-order.ts'
import { PREPAY_LIFETIME_MS } from '../orders/prepay.ts'
import { currentPerson, personOf } from '../people.ts'
import type { PayPlatform } from '../platform.ts'

/** The parameters of wx.requestPayment, and where the page leads back to. */
interface Payment {
  readonly appId?: string
  readonly timeStamp?: string
  readonly nonceStr?: string
  readonly package?: string
  readonly prepay_id?: string
  readonly signType?: string
  readonly paySign?: string
  readonly return?: string
}

const FIELDS = [
  'appId',
  'timeStamp',
  'nonceStr',
  'package',
  'prepay_id',
  'signType',
  'paySign',
  'return',
] as const

/** The cashier (收银台) that stands in for wx.requestPayment. `return` gets `result=ok|cancel|fail`. */
export function addCashierPage(app: FastifyInstance, platform: PayPlatform): void {
  app.get<{ Querystring: Payment }>('/sandbox/cashier', (request, reply) => {
    const { query, headers } = request
    const checked = check(platform, query, headers.cookie)
    if ('problem' in checked) return refuse(reply, checked.problem, query)
    const { order } = checked
    const hidden = FIELDS.map(
      (name) => html`<input type="hidden" name="${name}" value="${query[name] ?? ''}">`,
    )
    return sendPage(
      reply,
      '微信支付收银台',
      html`<div class="card centred"><p>${order.description}</p><h2>￥${formatYuan(order.totalFen)}</h2>
<p class="muted">付款人：${currentPerson(headers.cookie).nickname}<br>订单号：${order.outTradeNo}</p></div>
<form method="post" action="/sandbox/cashier">${hidden}
<button name="choice" value="pay">支付</button>
<button class="ghost" name="choice" value="poor">余额不足</button>
<button class="link" name="choice" value="cancel">取消</button></form>`,
    )
  })

  app.post<{ Body: Payment & { choice?: string } }>('/sandbox/cashier', (request, reply) => {
    const body = request.body ?? {}
    const checked = check(platform, body, request.headers.cookie)
    if ('problem' in checked) return refuse(reply, checked.problem, body)
    if (body.choice === 'pay') payOrder(platform, checked.order)
    const result = { pay: 'ok', cancel: 'cancel', poor: 'fail' }[body.choice ?? ''] ?? 'cancel'
    const back = backTo(platform, body.return, result)
    if (back !== undefined) return reply.redirect(back, 303)
    const words: Record<string, string> = { ok: '支付成功', cancel: '已取消支付', fail: '余额不足，支付失败' }
    return sendPage(reply, words[result] ?? '', html`<p class="card">请回到医院页面查看结果。</p>`)
  })
}

function check(
  platform: PayPlatform,
  payment: Payment,
  cookie: string | undefined,
): { readonly order: Order } | { readonly problem: string } {
  advance(platform)
  const packageText = payment.package || `prepay_id=${payment.prepay_id ?? ''}`
  const prepayId = packageText.replace(/^prepay_id=/, '')
  const order = platform.orders.find((one) => one.prepayId === prepayId)
  if (!order || !packageText.startsWith('prepay_id=')) return { problem: '订单信息不存在：prepay_id 不正确' }
  if (payment.return && !callbackAddress(payment.return, platform.settings.callbackHosts))
    return { problem: '回跳地址只能在本机（127.0.0.1、localhost）' }
  // The page may be opened without appId, as the order knows it.
  const signed = [payment.appId || order.appid, payment.timeStamp, payment.nonceStr, packageText]
  const text = signed.map((line) => `${line}\n`).join('')
  if (
    payment.signType !== 'RSA' ||
    !verifies(text, payment.paySign ?? '', platform.keys.merchantPublicKeyPem)
  )
    return { problem: '支付验证签名失败：请检查 paySign 与 signType' }
  if (payment.appId && payment.appId !== order.appid) return { problem: 'appId 与下单时不一致' }
  if (personOf(order.openid) !== currentPerson(cookie).id) return { problem: '下单账号与支付账号不一致' }
  if (order.state === 'CLOSED') return { problem: '订单已关闭' }
  if (order.state !== 'NOTPAY') return { problem: '订单已支付，请勿重复支付' }
  if (order.prepaidMs + PREPAY_LIFETIME_MS <= platform.clock.nowMs())
    return { problem: 'prepay_id 已过期（2 小时），请重新下单' }
  return { order }
}

function refuse(reply: FastifyReply, problem: string, { return: back }: Payment): FastifyReply {
  const link: Html | undefined =
    callbackAddress(back) && html`<a class="button ghost" href="${back ?? ''}">返回</a>`
  return sendPage(reply, '无法支付', html`<p class="card">${problem}</p>${link}`, 400)
}

/** The address to go back to with the result, unless it is not one of ours. */
export function backTo(platform: PayPlatform, back: string | undefined, result: string): string | undefined {
  const target = back ? callbackAddress(back, platform.settings.callbackHosts) : undefined
  if (!target) return undefined
  // As the URL writes itself: a header holds neither Chinese nor a line break, and the money has moved by now.
  const { href } = target
  // At the very end, also behind a `#/route`: front ends with hash routes read it there.
  return `${href}${href.includes('?') ? '&' : '?'}result=${result}`
}
