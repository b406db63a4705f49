import fastify, { type FastifyRequest } from 'fastify'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { acceptForms, sendPage } from '../kit/form-body.ts'
import { html } from '../kit/html.ts'
import { recordCall } from '../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../kit/simulator.ts'
import { cardActions } from './actions.ts'
import { answerCall, type Envelope, refusal } from './answer-call.ts'
import { HEALTH_CARD_APP } from './credentials.ts'
import { OPERATIONS } from './operations/all-operations.ts'
import { addBindCardPage } from './pages/add-bind-card-page.ts'
import { addCardCodePage } from './pages/add-card-code-page.ts'
import { addCardListPage } from './pages/add-card-list-page.ts'
import { addIndexPage } from './pages/add-index-page.ts'
import { addUserCodePage } from './pages/add-user-code-page.ts'
import { addVerifyPage } from './pages/add-verify-page.ts'
import { hospitalLink } from './pages/leave-platform.ts'
import { buildPlatform, type CardPlatform } from './platform.ts'
import { Refusal } from './result-codes.ts'

/** The electronic health card open platform: its API, its pages, its codes and their lifetimes. */
export function buildHealthCardSimulator(context: SimulatorContext): Simulator {
  const app = fastify({ logger: false })
  const platform = buildPlatform(context)
  const { faults, clock } = platform
  const calls: ReceivedCall[] = []

  for (const operation of OPERATIONS)
    app.post(operation.path, async (request, reply) => {
      const atMs = clock.nowMs()
      const { result, body } = await applyGeneralFaults(faults, operation.name, reply, () =>
        answerCall(platform, operation, request.body),
      )
      const code = (body as Envelope | undefined)?.commonOut.resultCode
      recordCall(calls, {
        atMs,
        operation: operation.name,
        request: request.body,
        reply: body,
        result: result === 'ok' ? String(code) : result,
      })
      return reply
    })

  acceptForms(app)
  app.addHook('onRequest', async (request, reply) => {
    const page = /^\/open\/(\w+)/.exec(request.url)?.[1]
    if (page === undefined || !faults.take('platform-pages-down', page)) return
    return sendPage(reply, '系统繁忙', html`<p class="card">平台页面暂时打不开（503），请稍后再试。</p>`, 503)
  })
  addIndexPage(app, platform)
  addUserCodePage(app, platform)
  addBindCardPage(app, platform)
  addVerifyPage(app, platform)
  addCardListPage(app, platform)
  addCardCodePage(app, platform)

  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/rest/')
      ? reply.status(404).send(refusal('', {}, 'operationUnknown'))
      : sendPage(reply, '没有这个页面', html`<p class="card">地址不对。<a href="/">接口一览</a></p>`, 404),
  )
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (request.url.startsWith('/rest/')) {
      const status = error.statusCode ?? 500
      return reply.status(status).send(refusal('', {}, 'malformed', error.message))
    }
    if (!(error instanceof Refusal)) return reply.status(error.statusCode ?? 500).send(error.message)
    const back = verifyFailAddress(platform, request)
    return sendPage(
      reply,
      '无法继续',
      html`<p class="card">${error.message}。请回到医院页面重新发起。</p>${back === undefined ? undefined : hospitalLink(platform, back, '回到医院')}`,
      409,
    )
  })

  return {
    name: 'health-card',
    zh: '电子健康卡开放平台',
    app,
    faults,
    calls,
    ownFaults: {
      'card-management-outage': '卡管系统异常：验证通过后给 regInfoCode，回跳 failRedirectUrl',
      'wrong-token': '当前 appToken 作废，本次按令牌无效答复',
      'partner-org-missing': '答 −10044（省卡管未配置机构）',
      'empty-verify-url': '验证注册、生成 orderId 时 verifyUrl 为空',
      'platform-pages-down': '平台页面答 503',
    },
    credentials: { ...HEALTH_CARD_APP },
    actions: cardActions(platform),
  }
}

/** Where the hospital wants people to go on when a page of an authorisation or an order can not. */
function verifyFailAddress(platform: CardPlatform, { query, body }: FastifyRequest): string | undefined {
  const { flow = '', orderId = '' } = { ...(query as object), ...(body as object | null) } as {
    flow?: string
    orderId?: string
  }
  return (platform.orders.get(orderId) ?? platform.flows.get(flow))?.targets.verifyFail
}
