import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { followChanged } from '../callbacks/events.ts'
import { ERRCODES } from '../errcodes.ts'
import { currentPerson, PERSONS, person, personCookie, SNAPSHOT_PERSON } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'

/** Who "holds the phone": a cookie that all simulators' pages see; and the ways to what the phone shows. */
export function addHomePage(app: FastifyInstance, { phones, pushes, clock, baseUrl }: WeixinPlatform): void {
  app.get('/', (request, reply) => {
    const current = currentPerson(request.headers.cookie)
    const { follows, blocks } = phones.of(current.id)
    const known = [...PERSONS, SNAPSHOT_PERSON]
    return sendPage(
      reply,
      '以谁的微信继续？',
      html`${known.map(({ id, nickname }) => html`<a class="button ${id === current.id ? '' : 'ghost'}" href="/persons/${id}">${nickname}</a>`)}
<h2>${current.nickname}的手机</h2><a class="button ghost" href="/sandbox/messages">收到的消息</a><a class="button ghost" href="/sandbox/faces">人脸核验</a>
<form method="post" action="/sandbox/phone"><p class="muted">${follows ? '已关注公众号' : '没有关注公众号：收不到模板消息'}${blocks && '；已拒收公众号的消息'}</p>
<button class="ghost" name="change" value="${follows ? 'unfollow' : 'follow'}">${follows ? '取消关注公众号' : '关注公众号'}</button>
<button class="link" name="change" value="${blocks ? 'unblock' : 'block'}">${blocks ? '重新接收公众号的消息' : '拒收公众号的消息'}</button></form>
<h2>给开发者</h2><div class="card"><p>把 <span class="path">api.weixin.qq.com</span> 与 <span class="path">open.weixin.qq.com</span> 都换成：</p><p class="path">${baseUrl}</p><p class="muted">appid、密钥在沙箱控制台。<a href="/sandbox/errcodes">会答复的 errcode</a></p></div>`,
    )
  })
  app.get<{ Params: { id: string } }>('/persons/:id', (request, reply) =>
    reply.header('set-cookie', personCookie(request.params.id)).redirect('/'),
  )

  app.post<{ Body: { change?: string } | null }>('/sandbox/phone', (request, reply) => {
    const { id } = currentPerson(request.headers.cookie)
    const change = request.body?.change ?? ''
    if (change === 'block' || change === 'unblock') phones.change(id, { blocks: change === 'block' })
    if (change === 'follow' || change === 'unfollow') {
      const follows = change === 'follow'
      phones.change(id, { follows })
      pushes.add(followChanged(person(id), follows, clock.nowMs()))
    }
    return reply.redirect('/', 303)
  })

  app.get('/sandbox/errcodes', (_request, reply) =>
    sendPage(
      reply,
      '会答复的 errcode',
      html`<table class="card">${Object.entries(ERRCODES).map(([code, { errmsg, zh }]) => html`<tr><th>${code}</th><td>${zh}<br><span class="muted">${errmsg}</span></td></tr>`)}</table>
<p class="muted">任何一个都可以用故障 errcode-数字 让下一次调用答复，例如 errcode-45009、errcode--1。</p>`,
    ),
  )
}
