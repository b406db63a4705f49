import { formatShanghai, formatYuan } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { type Html, html } from '../../kit/html.ts'
import { prove } from '../accounts/prove.ts'
import type { Act } from '../actions/act.ts'
import { advance } from '../advance.ts'
import { MCHID } from '../credentials.ts'
import { personOf } from '../people.ts'
import type { PayPlatform } from '../platform.ts'
import { ROUTES } from '../requests/all-routes.ts'

const SHOWN = 15

/** What a button of the page does: an action of the control API with texts for input. */
const BUTTONS: Readonly<Record<string, (form: Readonly<Record<string, string>>) => object>> = {
  'top-up': ({ account }) => ({ account, amountFen: 100_000 }),
  'set-balance': ({ account }) => ({ account, amountFen: 0 }),
  'pay-order': ({ number }) => ({ outTradeNo: number }),
  'confirm-transfer': ({ number, failReason }) => ({ outBillNo: number, ...(failReason && { failReason }) }),
  'settle-refund': ({ number, status }) => ({ outRefundNo: number, status }),
  'deliver-due': () => ({}),
}

/** `/` for people: accounts, orders, transfers and refunds with buttons, callbacks, interfaces. */
export function addStatePage(
  app: FastifyInstance,
  platform: PayPlatform,
  actions: Readonly<Record<string, Act>>,
): void {
  app.get('/', (_request, reply) => {
    advance(platform)
    return sendPage(reply, '微信支付（模拟）', statePage(platform))
  })
  app.post<{ Params: { action: string }; Body: Record<string, string> | null }>(
    '/sandbox/do/:action',
    async (request, reply) => {
      const { origin } = request.headers
      const ours = origin === undefined || callbackAddress(origin) !== undefined
      const button = BUTTONS[request.params.action]
      if (!ours || !button) return sendPage(reply, '不能操作', html`<p class="card">没有这个操作。</p>`, 403)
      await actions[request.params.action]?.({ ...button(request.body ?? {}) })
      return reply.redirect('/', 303)
    },
  )
}

function statePage(platform: PayPlatform): Html {
  const { ledger, clock, callbacks } = platform
  const { violations, warnings } = prove(platform)
  const account = (
    zh: string,
    name: string,
    balance: 'basic' | 'operation',
  ) => html`<tr><th>${zh}</th><td>${formatYuan(ledger.balance(balance))} 元
<div class="row">${button('top-up', '充值 1000 元', { account: name })}${button('set-balance', '清零', { account: name })}</div></td></tr>`
  return html`<div class="card"><p>把客户端的接口地址（baseUrl）设为：</p><p class="path">${platform.baseUrl}</p>
<p class="muted">商户号 ${MCHID}；私钥、APIv3 密钥、微信支付公钥和平台证书在沙箱控制台。沙箱时间 ${formatShanghai(clock.nowMs())}</p></div>
<h2>账户</h2><table class="card">${account('基本账户', 'BASIC', 'basic')}${account('运营账户', 'OPERATION', 'operation')}
<tr><th>待确认转账</th><td>${formatYuan(ledger.balance('locked'))} 元</td></tr><tr><th>在途退款</th><td>${formatYuan(ledger.balance('waiting'))} 元</td></tr>
<tr><th>核对</th><td>${violations.length === 0 ? '没有重复付款，状态与资金一致' : violations.map(({ key, message }) => html`<p>${key}：${message}</p>`)}${warnings.map(({ key, message }) => html`<p class="muted">${key}：${message}</p>`)}</td></tr></table>
<h2>订单</h2>${table(platform.orders.newest(SHOWN), '还没有订单。', orderRow)}
<h2>商家转账</h2>${table(platform.transfers.newest(SHOWN), '还没有转账。', transferRow)}
<h2>退款</h2>${table(platform.refunds.newest(SHOWN), '还没有退款。', refundRow)}
<h2>通知</h2>${button('deliver-due', '立即发送到期的通知', {})}${table(callbacks.newest(SHOWN), '还没有通知。', callbackRow)}
<h2>接口</h2><table class="card">${ROUTES.map(({ zh, method, path }) => html`<tr><th>${zh}</th><td>${method} ${path.replace(/\(.*?\)/, '')}</td></tr>`)}</table>`
}

function table<T>(items: readonly T[], none: string, row: (item: T) => Html): Html {
  return items.length === 0
    ? html`<p class="muted">${none}</p>`
    : html`<table class="card">${items.map(row)}</table>`
}

type Item<K extends 'orders' | 'transfers' | 'refunds' | 'callbacks'> = ReturnType<
  PayPlatform[K]['all']
>[number]

function orderRow({ outTradeNo: number, state, totalFen, openid }: Item<'orders'>): Html {
  return html`<tr><td>${number}<br><span class="tag">${state}</span> ${formatYuan(totalFen)} 元 ${personOf(openid)}
${state === 'NOTPAY' && button('pay-order', '代付款人支付', { number })}</td></tr>`
}

function transferRow({ outBillNo: number, state, failReason, amountFen, openid }: Item<'transfers'>): Html {
  return html`<tr><td>${number}<br><span class="tag">${state}</span> ${failReason} ${formatYuan(amountFen)} 元 ${personOf(openid)}
${state === 'WAIT_USER_CONFIRM' && html`<div class="row">${button('confirm-transfer', '代收款人确认', { number })}${button('confirm-transfer', '令其失败', { number, failReason: 'PAYEE_ACCOUNT_ABNORMAL' })}</div>`}</td></tr>`
}

function refundRow({ outRefundNo: number, status, refundFen, receivedAccount }: Item<'refunds'>): Html {
  const settle = (label: string, wanted: string) => button('settle-refund', label, { number, status: wanted })
  return html`<tr><td>${number}<br><span class="tag">${status}</span> ${formatYuan(refundFen)} 元 ${receivedAccount}
${status === 'PROCESSING' && html`<div class="row">${settle('到账', 'SUCCESS')}${settle('异常', 'ABNORMAL')}${settle('关闭', 'CLOSED')}</div>`}</td></tr>`
}

const CALLBACK_STATES = {
  ...{ waiting: '待发送', delivered: '已送达', 'given-up': '不再重发', lost: '丢失（故障）' },
  'not-local': '地址不在本机，不发送',
}

function callbackRow({ eventType, number, state, attempts, dueMs }: Item<'callbacks'>): Html {
  return html`<tr><td>${eventType} ${number}<br><span class="tag">${CALLBACK_STATES[state]}</span> ${attempts.map(({ result }) => result).join('，')}
${state === 'waiting' && html`<span class="muted">下次 ${formatShanghai(dueMs)}</span>`}</td></tr>`
}

function button(action: string, label: string, values: Readonly<Record<string, string>>): Html {
  return html`<form method="post" action="/sandbox/do/${action}">${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="ghost">${label}</button></form>`
}
