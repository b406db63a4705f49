import { randomBytes } from 'node:crypto'
import { type Clock, HOUR_MS, maskIdNumber, maskName } from '@zhangyi/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { BoundedMap } from '../kit/bounded-map.ts'
import { callbackAddress } from '../kit/callback-address.ts'
import type { Faults } from '../kit/faults.ts'
import { acceptForms, sendPage } from '../kit/form-body.ts'
import { html } from '../kit/html.ts'
import { recordCall } from '../kit/record-call.ts'
import type { ReceivedCall } from '../kit/simulator.ts'

// As WeChat's verify_id: `expires_in` 3600.
const LIFETIME_MS = HOUR_MS
const MAX_CHECKS_KEPT = 10_000

type FaceState = 'pending' | 'passed' | 'failed' | 'cancelled'
const RESULTS: Readonly<Record<string, FaceState>> = { pass: 'passed', fail: 'failed', cancel: 'cancelled' }

interface FaceCheck {
  readonly outSeqNo: string
  readonly name: string
  readonly idNumber: string
  readonly openid: string
  readonly diesAtMs: number
  state: FaceState
}

const startSchema = z.object({
  outSeqNo: z.string().regex(/^[\w-]{5,32}$/),
  name: z.string().min(1),
  idNumber: z.string().min(1),
  openid: z.string().min(1),
})

interface FaceChecksOptions {
  readonly app: FastifyInstance
  readonly faults: Faults
  readonly calls: ReceivedCall[]
  readonly clock: Clock
  readonly baseUrl: string
}

/**
 * Stands in for WeChat's face verification during development: a server starts a check, the phone decides it on
 * a page, the server asks. Decided once. Not the wire form of `getverifyid`: the gateway has its own port for it.
 */
export function addFaceChecks({ app, faults, calls, clock, baseUrl }: FaceChecksOptions): void {
  const checks = new BoundedMap<string, FaceCheck>(MAX_CHECKS_KEPT)
  const numbersUsed = new BoundedMap<string, true>(MAX_CHECKS_KEPT)
  acceptForms(app)

  const answer = async (
    reply: FastifyReply,
    operation: string,
    request: unknown,
    carryOut: () => unknown,
  ) => {
    const atMs = clock.nowMs()
    const { result, body } = await applyGeneralFaults(faults, operation, reply, carryOut)
    recordCall(calls, { atMs, operation, request, reply: body, result })
    return reply
  }

  app.post('/sandbox/face-checks', (request, reply) =>
    answer(reply, 'face-checks', request.body, () => {
      const parsed = startSchema.safeParse(request.body)
      if (!parsed.success || numbersUsed.has(parsed.data.outSeqNo)) {
        reply.status(400)
        return { error: parsed.error ? z.prettifyError(parsed.error) : 'outSeqNo was used before' }
      }
      const verifyId = randomBytes(24).toString('hex')
      numbersUsed.set(parsed.data.outSeqNo, true)
      checks.set(verifyId, { ...parsed.data, state: 'pending', diesAtMs: clock.nowMs() + LIFETIME_MS })
      return { verifyId, page: `${baseUrl}/sandbox/face/${verifyId}` }
    }),
  )

  type Query = { Params: { verifyId: string }; Querystring: { outSeqNo?: string } }
  app.get<Query>('/sandbox/face-checks/:verifyId', (request, reply) =>
    answer(reply, 'face-checks-result', { ...request.params, ...request.query }, () => {
      const check = checks.get(request.params.verifyId)
      if (check && check.outSeqNo === request.query.outSeqNo) return { state: stateOf(check) }
      reply.status(404)
      return { error: 'no such check under this outSeqNo' }
    }),
  )

  // Nobody looked into the camera in time: WeChat calls that a cancelled check, too.
  const stateOf = (check: FaceCheck): FaceState =>
    check.state === 'pending' && check.diesAtMs <= clock.nowMs() ? 'cancelled' : check.state

  type Page = { Params: { verifyId: string }; Querystring: { return?: string } }
  app.get<Page>('/sandbox/face/:verifyId', (request, reply) => {
    const check = checks.get(request.params.verifyId)
    const back = request.query.return
    if (!check) return sendPage(reply, '没有这次人脸核验', html`<p class="card">编号不存在。</p>`, 404)
    if (back !== undefined && !callbackAddress(back)) return refuseReturn(reply)
    if (stateOf(check) !== 'pending') return finished(reply, check.state, back)
    return sendPage(
      reply,
      '人脸核验',
      html`<div class="card centred"><strong>${maskName(check.name)}</strong><br><span class="muted">${maskIdNumber(check.idNumber)}</span></div>
<p>代替微信的人脸核验界面。这里没有摄像头，请选择结果：</p>
<form method="post" action="/sandbox/face/${request.params.verifyId}">${back !== undefined && html`<input type="hidden" name="return" value="${back}">`}
<button name="result" value="pass">模拟：本人，通过</button><button class="ghost" name="result" value="fail">模拟：不是本人</button><button class="link" name="result" value="cancel">取消</button></form>`,
    )
  })

  type Decision = { Params: { verifyId: string }; Body: { result?: string; return?: string } }
  app.post<Decision>('/sandbox/face/:verifyId', (request, reply) => {
    const check = checks.get(request.params.verifyId)
    const { result = '', return: back } = request.body ?? {}
    const state = RESULTS[result]
    if (!check || state === undefined)
      return sendPage(reply, '没有这次人脸核验', html`<p class="card">编号或结果不对。</p>`, 404)
    if (back !== undefined && !callbackAddress(back)) return refuseReturn(reply)
    if (stateOf(check) === 'pending') check.state = state
    const target = callbackAddress(back)
    return target ? reply.redirect(target.href, 303) : finished(reply, check.state, undefined)
  })
}

function finished(reply: FastifyReply, state: FaceState, back: string | undefined): FastifyReply {
  const words = { pending: '已超时', passed: '已通过', failed: '未通过', cancelled: '已取消' }[state]
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
