import { formatShanghai } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { type Html, html } from '../../kit/html.ts'
import type { SentMessage } from '../messages/inbox.ts'
import { currentPerson } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'

const SHOWN = 50
const CHANNELS = { channel: '就医助手 · 服务通知', template: '公众号模板消息', subscribe: '小程序订阅消息' }

/** The message list of the phone whose cookie came with the request, newest first. */
export function addMessagesPage(app: FastifyInstance, { inbox }: WeixinPlatform): void {
  app.get('/sandbox/messages', (request, reply) => {
    const { id, nickname } = currentPerson(request.headers.cookie)
    const all = inbox.list(id)
    const shown = all.filter(({ delivered }) => delivered).slice(0, SHOWN)
    const hidden = all.length - all.filter(({ delivered }) => delivered).length
    return sendPage(
      reply,
      '收到的消息',
      html`<p class="muted">${nickname}</p>${shown.map(bubble)}
${shown.length === 0 && html`<p class="card">还没有消息。</p>`}
${hidden > 0 && html`<p class="muted">另有 ${hidden} 条平台已受理、但没有送达这部手机。</p>`}<a class="link" href="/">换一部手机</a>`,
    )
  })
}

function bubble({ channel, atMs, title, lines, target }: SentMessage): Html {
  return html`<div class="card"><span class="muted">${formatShanghai(atMs).slice(5, 16)} · ${CHANNELS[channel]}</span><h2>${title}</h2>
<table>${lines.map(({ label, value }) => html`<tr><th>${label}</th><td>${value}</td></tr>`)}</table>
${target !== undefined && opens(target)}</div>`
}

// Only an address of this machine is a link: a simulated phone must not lead people elsewhere.
function opens(target: string): Html {
  const address = callbackAddress(target)
  return address
    ? html`<a class="link" href="${address.href}">打开 <span class="path">${target}</span></a>`
    : html`<p class="muted">点开后：<span class="path">${target}</span></p>`
}
