import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { OPERATIONS } from '../operations/all-operations.ts'
import type { CardPlatform } from '../platform.ts'
import { RESULT_CODES } from '../result-codes.ts'

/** `/` for a developer who points a client here, `/result-codes` for a program. */
export function addIndexPage(app: FastifyInstance, platform: CardPlatform): void {
  app.get('/result-codes', () => RESULT_CODES)
  app.get('/', (_request, reply) =>
    sendPage(
      reply,
      '电子健康卡开放平台（模拟）',
      html`<div class="card"><p>把医院客户端的平台地址和 H5 域名都设为：</p><p class="path">${platform.baseUrl}</p>
<p class="muted">appId、appSecret、hospitalId 在沙箱控制台。签名、令牌、一次性代码和它们的有效期都按公开事实校验。</p></div>
<h2>接口</h2><table class="card">${OPERATIONS.map(({ zh, path }) => html`<tr><th>${zh}</th><td>${path}</td></tr>`)}</table>
<h2>结果码</h2><p class="muted">平台只公开过 0 和 −10044；其余由沙箱自定。<a href="/result-codes">JSON</a></p>
<table class="card">${Object.values(RESULT_CODES).map(({ code, zh }) => html`<tr><th>${code}</th><td>${zh}</td></tr>`)}</table>`,
    ),
  )
}
