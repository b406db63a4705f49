import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { currentPerson } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'

/** What a phone shows after scanning a code or tapping a link: the page of the mini program that would open. */
export function addLinkPages(app: FastifyInstance, { links }: WeixinPlatform): void {
  const page = (
    path: string,
    options: string,
  ) => html`<div class="card"><p>在真实的手机上，这里会打开小程序：</p>
<p class="path">${path === '' ? '首页' : path}</p><p class="path">${options}</p></div>
<a class="link" data-mini-path="${path}?${options}" href="/">回到首页</a>`

  app.get<{ Querystring: { scene?: string; page?: string } }>('/sandbox/wxacode', (request, reply) => {
    const { scene = '', page: path = '' } = request.query
    return sendPage(reply, '扫小程序码', page(path, `scene=${encodeURIComponent(scene)}`))
  })
  app.get<{ Params: { id: string } }>('/sandbox/links/:id', (request, reply) => {
    const link = links.open(request.params.id, currentPerson(request.headers.cookie).id)
    return typeof link === 'string'
      ? sendPage(reply, '链接打不开', html`<p class="card">${link}。</p>`, 410)
      : sendPage(reply, '打开小程序', page(link.path, link.query))
  })
}
