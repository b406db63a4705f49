import { SECOND_MS } from '@zhangyi/core'
import fastify from 'fastify'
import { acceptForms, sendPage } from '../kit/form-body.ts'
import { html } from '../kit/html.ts'
import type { Simulator, SimulatorContext } from '../kit/simulator.ts'
import { weixinActions } from './actions.ts'
import { callAdder } from './add-call.ts'
import { MESSAGE_PUSH, MINI_PROGRAM, OFFICIAL_ACCOUNT } from './credentials.ts'
import { ERRCODES } from './errcodes.ts'
import { addFaceCalls, isVerifyRetFault } from './face/add-face-calls.ts'
import { addFacePage } from './face/add-face-page.ts'
import { addCodeCall } from './links/add-code-call.ts'
import { addLinkCalls } from './links/add-link-calls.ts'
import { addLinkPages } from './links/add-link-pages.ts'
import { addLoginCalls } from './login/add-login-calls.ts'
import { addOauthPage } from './login/add-oauth-page.ts'
import { addChannelCall } from './messages/add-channel-call.ts'
import { addSubscribeCall } from './messages/add-subscribe-call.ts'
import { addTemplateCall } from './messages/add-template-call.ts'
import { addUserInfoCall } from './messages/add-user-info-call.ts'
import { SANDBOX_TEMPLATES } from './messages/templates.ts'
import { addFacesPage } from './pages/add-faces-page.ts'
import { addHomePage } from './pages/add-home-page.ts'
import { addMessagesPage } from './pages/add-messages-page.ts'
import { buildPlatform, type WeixinPlatform } from './platform.ts'
import { isErrcodeFault } from './take-errcode.ts'
import { addTokenCalls } from './tokens/add-token-calls.ts'

const DELIVER_EVERY_MS = SECOND_MS

const API = /^\/(cgi-bin|cityservice|sns|wxa)\//

/** api.weixin.qq.com and the phone: login, tokens, face verification, messages, links, pushed events. */
export function buildWeixinSimulator(context: SimulatorContext): Simulator {
  const app = fastify({ logger: false })
  const platform = buildPlatform(context)
  app.removeAllContentTypeParsers()
  acceptForms(app)
  // The real platform does not look at the content type: everything else is taken as the text that it is.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const addCall = callAdder(app, platform)
  addTokenCalls(addCall, platform)
  addLoginCalls(addCall, platform)
  addFaceCalls(addCall, platform)
  addChannelCall(addCall, platform)
  addTemplateCall(addCall, platform)
  addSubscribeCall(addCall, platform)
  addUserInfoCall(addCall, platform)
  addCodeCall(addCall, platform)
  addLinkCalls(addCall, platform)

  addOauthPage(app, platform)
  addFacePage(app, platform)
  addLinkPages(app, platform)
  addHomePage(app, platform)
  addMessagesPage(app, platform)
  addFacesPage(app, platform)

  app.setNotFoundHandler((request, reply) =>
    API.test(request.url)
      ? reply.send({ errcode: 40066, errmsg: ERRCODES[40066].errmsg })
      : sendPage(reply, '没有这个页面', html`<p class="card">地址不对。<a href="/">首页</a></p>`, 404),
  )
  deliverWhileListening(app, platform)

  return {
    name: 'weixin',
    zh: '微信（api.weixin.qq.com）',
    app,
    faults: platform.faults,
    calls: platform.calls,
    ownFaults: OWN_FAULTS,
    acceptsFault: (kind) => isErrcodeFault(kind) || isVerifyRetFault(kind),
    credentials: {
      ...{ appid: MINI_PROGRAM.appid, secret: MINI_PROGRAM.secret },
      ...{ officialAccountAppid: OFFICIAL_ACCOUNT.appid, officialAccountSecret: OFFICIAL_ACCOUNT.secret },
      ...MESSAGE_PUSH,
      templates: SANDBOX_TEMPLATES,
    },
    actions: weixinActions(platform),
  }
}

/** The clock can be moved from outside, so what is due is looked for again and again; only while somebody listens. */
function deliverWhileListening(app: Simulator['app'], { pushes }: WeixinPlatform): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('onListen', (done) => {
    timer = setInterval(() => void pushes.deliverDue().catch(() => undefined), DELIVER_EVERY_MS).unref()
    done()
  })
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })
}

const OWN_FAULTS = {
  'errcode--1': '答 errcode -1（系统繁忙），不办理',
  'errcode-40001': '答 40001（凭证无效），不办理；数字可以换成任何 errcode',
  'errcode-40226': '登录答 40226（高风险用户）',
  'errcode-45009': '答 45009（今天的次数用完）',
  'errcode-45011': '答 45011（太频繁）',
  'errcode-48001': '答 48001（没有接口权限）',
  'token-revoked': '收到的 access_token 当场作废，像别的服务器强制刷新过；再取就是新的',
  'snapshot-user': '网页授权得到快照页的虚拟账号（is_snapshotuser=1）',
  'oauth-declined': '网页授权时用户没有同意，停在微信的页面',
  'verify-ret-10005': '查询人脸结果答 10005（还在检测）；数字可以换成任何 verify_ret',
  'template-delivery-failed': '模板消息受理后没有送达（failed: system failed）',
  'push-lost': '事件不推送',
  'push-late': '事件晚 60 秒推送',
  'push-duplicate': '事件推送两次',
  'push-bad-signature': '事件的 msg_signature 不对',
} as const
