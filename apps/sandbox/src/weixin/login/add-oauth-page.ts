import type { FastifyInstance } from 'fastify'
import { callbackAddress } from '../../kit/callback-address.ts'
import { sendPage } from '../../kit/form-body.ts'
import { html } from '../../kit/html.ts'
import { OFFICIAL_ACCOUNT } from '../credentials.ts'
import { currentPerson } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'

const SCOPES = ['snsapi_base', 'snsapi_userinfo']

type Query = {
  Querystring: {
    appid?: string
    redirect_uri?: string
    scope?: string
    response_type?: string
    state?: string
  }
}

/**
 * The OAuth page: leads back with a code for the person whom the sandbox's cookie names. Both scopes go on without
 * a question; a person who declines is the fault `oauth-declined`, which leads nowhere, as on a real phone.
 */
export function addOauthPage(app: FastifyInstance, { loginCodes, settings, faults }: WeixinPlatform): void {
  app.get<Query>('/connect/oauth2/authorize', (request, reply) => {
    const { appid = '', redirect_uri: redirectUri, scope = 'snsapi_base', state = '' } = request.query
    const refuse = (title: string, why: string) =>
      sendPage(reply, title, html`<p class="card">${why}</p>`, 400)
    if (appid !== OFFICIAL_ACCOUNT.appid) return refuse('AppID 参数错误（10013）', '请检查公众号的 appid。')
    const target = callbackAddress(redirectUri, settings.callbackHosts)
    if (!target)
      return refuse(
        'redirect_uri 参数错误（10003）',
        '沙箱只回跳到本机（127.0.0.1、localhost）；可用 settings 动作增加 callbackHosts。',
      )
    if (!SCOPES.includes(scope))
      return refuse('Scope 参数错误（10005）', 'scope 只能是 snsapi_base、snsapi_userinfo。')
    if (faults.take('oauth-declined', 'oauth2/authorize'))
      return sendPage(reply, '已拒绝授权', html`<p class="card">用户没有同意，页面停在这里。</p>`)
    const person = currentPerson(request.headers.cookie)
    target.searchParams.set('code', loginCodes.issue({ appid, person, scope }))
    target.searchParams.set('state', state)
    return reply.redirect(target.href)
  })
}
