import { formatShanghai } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { acceptForms, sendPage } from '../kit/form-body.ts'
import { type Html, html } from '../kit/html.ts'
import type { Inbox, ShortMessage } from './inbox.ts'

const MESSAGES_SHOWN = 30
const formSchema = z.object({ phone: z.string().trim().default('') })

/** `/`: the newest messages of all phones. The form shows one phone's; it is a POST, a number belongs in no address. */
export function addInboxPages(app: FastifyInstance, inbox: Inbox): void {
  acceptForms(app)
  app.get('/', (_request, reply) => sendPage(reply, '短信（模拟）', inboxPage(inbox.list(), '')))
  app.post('/', (request, reply) => {
    const { phone } = formSchema.parse(request.body ?? {})
    const messages = inbox.list(phone === '' ? undefined : phone)
    return sendPage(reply, '短信（模拟）', inboxPage(messages, phone))
  })
}

function inboxPage(messages: readonly ShortMessage[], phone: string): Html {
  return html`<form method="post" action="/"><label>手机号<input name="phone" inputmode="tel" autocomplete="off" value="${phone}"></label><button>看这个号码的短信</button></form>
${messages.length === 0 && html`<p class="card">还没有收到短信。到患者端点“获取验证码”，再回到这里刷新。</p>`}
${messages
  .slice(0, MESSAGES_SHOWN)
  .map(
    ({ phone: to, text, receivedAtMs }) =>
      html`<div class="card"><p class="muted">${to} · ${formatShanghai(receivedAtMs)}</p><p>${text}</p></div>`,
  )}
${phone !== '' && html`<a class="link" href="/">看全部号码的短信</a>`}`
}
