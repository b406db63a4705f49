import { formatShanghai, maskName } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { faceResult } from '../face/face-results.ts'
import type { WeixinPlatform } from '../platform.ts'

const SHOWN = 50

/** The newest face sessions of all phones, with a link to each one's page. */
export function addFacesPage(app: FastifyInstance, { faces }: WeixinPlatform): void {
  app.get('/sandbox/faces', (_request, reply) => {
    const sessions = faces.newest(SHOWN)
    return sendPage(
      reply,
      '人脸核验',
      html`${sessions.map((session) => {
        const { verifyId, name, outSeqNo, createdAtMs, verifyRet } = session
        const found = verifyRet === undefined ? undefined : faceResult(verifyRet)
        const words = found ? `${found.code} ${found.zh}` : faces.isExpired(session) ? '已超时' : '等待刷脸'
        return html`<a class="button ghost" href="/sandbox/face/${verifyId}">${maskName(name)} · ${words}<small>${formatShanghai(createdAtMs).slice(5)} · ${outSeqNo}</small></a>`
      })}${sessions.length === 0 && html`<p class="card">还没有人脸核验。</p>`}<a class="link" href="/">回到首页</a>`,
    )
  })
}
