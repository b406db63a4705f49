import { formatYuan } from '@zhangyi/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { advance } from '../advance.ts'
import { MCHID } from '../credentials.ts'
import { currentPerson, personOf } from '../people.ts'
import type { PayPlatform } from '../platform.ts'
import { confirmTransfer } from '../transfers/confirm-transfer.ts'
import type { Transfer } from '../transfers/transfer.ts'
import { backTo } from './add-cashier-page.ts'

interface Opened {
  readonly package?: string
  readonly mchId?: string
  readonly appId?: string
  readonly return?: string
}

/** The page that wx.requestMerchantTransfer shows. `return` gets `result=ok`: shown and left, nothing more. */
export function addConfirmReceiptPage(app: FastifyInstance, platform: PayPlatform): void {
  app.get<{ Querystring: Opened }>('/sandbox/confirm-receipt', (request, reply) => {
    const { query, headers } = request
    const checked = check(platform, query, headers.cookie)
    if ('problem' in checked) return refuse(reply, platform, checked.problem, query.return)
    const { transfer } = checked
    const hidden = (['package', 'mchId', 'appId', 'return'] as const).map(
      (name) => html`<input type="hidden" name="${name}" value="${query[name] ?? ''}">`,
    )
    const receiving = transfer.state === 'TRANSFERING'
    return sendPage(
      reply,
      '确认收款',
      html`<div class="card centred"><p class="muted">商户 ${MCHID} 向你转账</p><h2>￥${formatYuan(transfer.amountFen)}</h2><p>${transfer.remark}</p>
<p class="muted">收款微信：${currentPerson(headers.cookie).nickname}<br>转账单号：${transfer.transferBillNo}</p></div>
<form method="post" action="/sandbox/confirm-receipt">${hidden}
${receiving ? html`<p class="card">正在收款，请稍候。</p>` : html`<button name="choice" value="confirm">确认收款</button>`}
<button class="link" name="choice" value="back">返回</button></form>`,
    )
  })

  app.post<{ Body: Opened & { choice?: string } }>('/sandbox/confirm-receipt', (request, reply) => {
    const body = request.body ?? {}
    const checked = check(platform, body, request.headers.cookie)
    if ('problem' in checked) return refuse(reply, platform, checked.problem, body.return)
    const result = body.choice === 'confirm' ? confirmTransfer(platform, checked.transfer) : 'left'
    if (result === 'name-differs')
      return refuse(reply, platform, '收款人实名信息与商户提供的姓名不一致，收款失败', body.return)
    const back = backTo(platform, body.return, 'ok')
    if (back !== undefined) return reply.redirect(back, 303)
    return sendPage(
      reply,
      result === 'left' ? '尚未收款' : '收款处理中',
      html`<p class="card">请回到医院页面查看结果。</p>`,
    )
  })
}

function check(
  platform: PayPlatform,
  opened: Opened,
  cookie: string | undefined,
): { readonly transfer: Transfer } | { readonly problem: string } {
  advance(platform)
  if (opened.mchId !== MCHID) return { problem: '商户号错误' }
  const transfer = platform.transfers.find((one) => one.packageInfo === opened.package)
  if (!transfer || opened.package === undefined)
    return { problem: '信息有误：package 不正确，或者不是最新的一个' }
  if (opened.appId !== transfer.appid) return { problem: '转账单号错误：appId 与发起转账时不一致' }
  if (personOf(transfer.openid) !== currentPerson(cookie).id)
    return { problem: '你的微信号与商家指定的收款微信号不一致' }
  if (transfer.state === 'SUCCESS') return { problem: '你已收款，无需重复确认' }
  if (transfer.state === 'CANCELING' || transfer.state === 'CANCELLED')
    return { problem: '商户已撤销这笔转账' }
  if (transfer.state === 'FAIL')
    return {
      problem:
        transfer.failReason === 'OVERDUE_CLOSE'
          ? '超过 24 小时未确认，已退回商户'
          : '收款失败，款项已退回商户',
    }
  return { transfer }
}

function refuse(
  reply: FastifyReply,
  platform: PayPlatform,
  problem: string,
  back: string | undefined,
): FastifyReply {
  const target = backTo(platform, back, 'ok')
  return sendPage(
    reply,
    '无法收款',
    html`<p class="card">${problem}</p>${target !== undefined && html`<a class="button ghost" href="${target}">返回</a>`}`,
    400,
  )
}
