import { SECOND_MS } from '@zhangyi/core'
import fastify, { type FastifyInstance } from 'fastify'
import { acceptForms, sendPage } from '../kit/form-body.ts'
import { html } from '../kit/html.ts'
import type { Simulator, SimulatorContext } from '../kit/simulator.ts'
import { move } from './actions/money-actions.ts'
import { payActions } from './actions/pay-actions.ts'
import { advance } from './advance.ts'
import { CallbackDelivery } from './callbacks/deliver-due.ts'
import { API_V3_KEY, MCHID } from './credentials.ts'
import { PayRefusal } from './errors.ts'
import { OWN_FAULTS } from './own-faults.ts'
import { addCashierPage } from './pages/add-cashier-page.ts'
import { addConfirmReceiptPage } from './pages/add-confirm-receipt-page.ts'
import { addStatePage } from './pages/add-state-page.ts'
import { MINI_PROGRAM, openidOf, PERSONS } from './people.ts'
import { buildPlatform, type PayPlatform } from './platform.ts'
import { ROUTES } from './requests/all-routes.ts'
import { answerRequest, newRequestId } from './requests/answer-request.ts'
import { type KeptState, OPENING_FEN, Saver } from './state.ts'
import { HOSPITAL_SCENE } from './transfers/scenes.ts'

// Real time: how soon a moved clock takes effect when nobody calls.
const TICK_MS = SECOND_MS

/** WeChat Pay v3 for one merchant: JSAPI payment, 商家转账, refunds, bills, callbacks; real signatures, own books. */
export function buildWechatPaySimulator(context: SimulatorContext): Simulator {
  const kept = context.store.load() as KeptState | undefined
  const platform = buildPlatform(context, kept ?? {})
  if (!kept) {
    move(platform, 'outside', 'basic', OPENING_FEN)
    move(platform, 'outside', 'operation', OPENING_FEN)
  }
  const saver = new Saver(platform, context.store)
  const delivery = new CallbackDelivery(platform)
  const actions = payActions(platform, delivery, saver)
  const app = fastify({ logger: false })
  const afterCall = () => {
    saver.save()
    delivery.deliverByItself()
  }

  acceptRawBodies(app)
  acceptForms(app)
  for (const route of ROUTES)
    app[route.method === 'GET' ? 'get' : 'post'](route.path, async (request, reply) => {
      await answerRequest(platform, route, request, reply)
      // A connection that was cut has no onResponse, but what it asked for is done.
      if (reply.raw.destroyed) afterCall()
      return reply
    })
  addStatePage(app, platform, actions)
  addCashierPage(app, platform)
  addConfirmReceiptPage(app, platform)
  answerTheRest(app)

  app.addHook('onSend', async (_request, reply) => {
    // Whatever is not 2xx carries no signature: neither WeChat's own errors nor those of a gateway in front.
    if (reply.statusCode >= 300)
      for (const name of Object.keys(reply.getHeaders()))
        if (/^wechatpay-/i.test(name)) reply.removeHeader(name)
  })
  app.addHook('onResponse', async () => afterCall())
  let ticking: ReturnType<typeof setInterval> | undefined
  app.addHook('onListen', async () => {
    ticking = setInterval(() => {
      advance(platform)
      saver.save()
      delivery.deliverByItself()
    }, TICK_MS).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(ticking)
    await delivery.close()
    saver.save(true)
  })

  return {
    name: 'wechat-pay',
    zh: '微信支付',
    app,
    ...{ faults: platform.faults, calls: platform.calls, ownFaults: OWN_FAULTS, actions },
    // A getter: the keys are made when somebody asks for them, which most tests of other platforms never do.
    get credentials() {
      return credentialsOf(platform)
    },
  }
}

function credentialsOf({ keys }: PayPlatform): Readonly<Record<string, unknown>> {
  const { merchantSerial, merchantPrivateKeyPem, publicKeyId, certificates } = keys.all
  return {
    ...{ appid: MINI_PROGRAM.appid, mchid: MCHID, merchantSerial, merchantPrivateKeyPem },
    ...{ apiV3Key: API_V3_KEY, publicKeyId, publicKeyPem: keys.publicKeyPem },
    platformCertificates: certificates.map(({ serial, pem }) => ({ serial, pem })),
    ...{ transferSceneId: HOSPITAL_SCENE, transferReportTypes: ['赔付原因'] },
    openid: openidOf(MINI_PROGRAM.appid, PERSONS[0]),
  }
}

/** Signatures are over the exact bytes, so nothing may parse a body before it was checked. */
function acceptRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  for (const type of ['application/json', '*'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

function answerTheRest(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    if (!request.url.startsWith('/v3/'))
      return sendPage(reply, '没有这个页面', html`<p class="card">地址不对。<a href="/">首页</a></p>`, 404)
    // The product that 商家转账 replaced: closed to merchants of the new one.
    const refusal = request.url.startsWith('/v3/transfer/batches')
      ? new PayRefusal('NO_AUTH', '当前商户号接入升级版本功能，暂不支持使用升级前功能')
      : new PayRefusal('RESOURCE_NOT_EXISTS', '请求的接口不存在，请检查地址与请求方法')
    return reply.header('Request-ID', newRequestId()).status(refusal.status).send(refusal.toJSON())
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
    request.url.startsWith('/v3/')
      ? reply
          .header('Request-ID', newRequestId())
          .status(error.statusCode ?? 500)
          .send({
            code: error.statusCode === undefined ? 'SYSTEM_ERROR' : 'PARAM_ERROR',
            message: error.message,
          })
      : sendPage(reply, '无法继续', html`<p class="card">${error.message}</p>`, error.statusCode ?? 500),
  )
}
