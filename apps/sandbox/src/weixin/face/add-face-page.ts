import { maskIdNumber, maskName } from '@zhangyi/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { type Html, html } from '../../kit/html.ts'
import type { WeixinPlatform } from '../platform.ts'
import {
  CANCELLED,
  FACE_RESULTS,
  type FaceGroup,
  faceResult,
  NOT_SAME_PERSON,
  PASSED,
} from './face-results.ts'
import type { FaceSession } from './face-sessions.ts'

const WORDS: Readonly<Record<string, number>> = { pass: PASSED, fail: NOT_SAME_PERSON, cancel: CANCELLED }

type Page = { Params: { verifyId: string }; Querystring: { return?: string } }
type Decision = { Params: { verifyId: string }; Body: { result?: string; return?: string } | null }

/** What the phone shows in place of WeChat's face dialogue: every known result as a button. Decided once. */
export function addFacePage(app: FastifyInstance, { faces }: WeixinPlatform): void {
  app.get<Page>('/sandbox/face/:verifyId', (request, reply) => {
    const session = faces.find(request.params.verifyId)
    const back = request.query.return
    if (!session) return sendPage(reply, '没有这次人脸核验', html`<p class="card">编号不存在。</p>`, 404)
    if (back !== undefined && !callbackAddress(back)) return refuseReturn(reply)
    if (session.verifyRet !== undefined || faces.isExpired(session)) return finished(reply, session, back)
    return sendPage(reply, '人脸核验', chooseResult(session, back))
  })

  app.post<Decision>('/sandbox/face/:verifyId', (request, reply) => {
    const session = faces.find(request.params.verifyId)
    const { result = '', return: back } = request.body ?? {}
    const chosen = faceResult(WORDS[result] ?? Number(result))
    if (!session || !chosen)
      return sendPage(reply, '没有这次人脸核验', html`<p class="card">编号或结果不对。</p>`, 404)
    if (back !== undefined && !callbackAddress(back)) return refuseReturn(reply)
    faces.decide(session, chosen.code)
    const target = callbackAddress(back)
    return target ? reply.redirect(target.href, 303) : finished(reply, session, undefined)
  })
}

function chooseResult({ verifyId, name, idNumber }: FaceSession, back: string | undefined): Html {
  return html`<div class="card centred"><strong>${maskName(name)}</strong><br><span class="muted">${maskIdNumber(idNumber)}</span></div>
<p>代替微信的人脸核验界面。这里没有摄像头，请选择结果：</p>
<form method="post" action="/sandbox/face/${verifyId}">${back !== undefined && html`<input type="hidden" name="return" value="${back}">`}
${buttons('pass', '')}<h2>常见的失败</h2>${buttons('usual', 'ghost')}
<button class="link" name="result" value="cancel">取消</button>
<details><summary>全部结果</summary>${buttons('other', 'ghost')}<h2>只在旧版出现过</h2>${buttons('legacy', 'ghost')}</details></form>`
}

function buttons(group: FaceGroup, style: string): readonly Html[] {
  return FACE_RESULTS.filter((one) => one.group === group).map(
    ({ code, zh }) =>
      html`<button class="${style}" name="result" value="${code}">模拟：${zh}<small> ${code}</small></button>`,
  )
}

function finished(reply: FastifyReply, { verifyRet }: FaceSession, back: string | undefined): FastifyReply {
  const found = verifyRet === undefined ? undefined : faceResult(verifyRet)
  const words = found
    ? `${found.code === PASSED ? '已通过' : '未通过'}（${found.code} ${found.zh}）`
    : '已超时'
  return sendPage(
    reply,
    '人脸核验已结束',
    html`<p class="card">结果：${words}。每次核验只能使用一次。</p>${back !== undefined && html`<a class="button" href="${back}">返回</a>`}`,
  )
}

function refuseReturn(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    '回调地址不合法',
    html`<p class="card">只能回到本机（127.0.0.1、localhost）。</p>`,
    403,
  )
}
