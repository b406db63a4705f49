import { randomBytes } from 'node:crypto'
import { MINUTE_MS } from '@zhangyi/core'
import fastify from 'fastify'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { Faults } from '../kit/faults.ts'
import { html, sandboxPage } from '../kit/html.ts'
import { recordCall } from '../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../kit/simulator.ts'
import { addFaceChecks } from './add-face-checks.ts'
import { currentPerson, PERSONS, person, personCookie, type WechatPerson } from './persons.ts'

const CODE_LIFETIME_MS = 5 * MINUTE_MS

export const MINI_PROGRAM = { appid: 'wx0000sandboxmini', secret: 'sandbox-mini-program-secret' } as const
export const OFFICIAL_ACCOUNT = {
  appid: 'wx0000sandboxmpac',
  secret: 'sandbox-official-account-secret',
} as const

interface LoginCode {
  readonly appid: string
  readonly openid: string
  readonly unionid: string
  readonly expiresAtMs: number
}

/** The same person has another openid under every appid, and one unionid. */
export function openidOf(appid: string, person: WechatPerson): string {
  return `o-${appid.slice(-4)}-${person.id}`
}

/** Login of WeChat: `jscode2session`, OAuth page and code exchange. Codes are really spent and really expire. */
export function buildWechatSimulator({ clock, baseUrl }: SimulatorContext): Simulator {
  const app = fastify({ logger: false })
  const faults = new Faults()
  const calls: ReceivedCall[] = []
  const codes = new Map<string, LoginCode>()

  const newCode = (appid: string, person: WechatPerson) => {
    const code = randomBytes(16).toString('hex')
    const identity = { appid, openid: openidOf(appid, person), unionid: `u-${person.id}` }
    codes.set(code, { ...identity, expiresAtMs: clock.nowMs() + CODE_LIFETIME_MS })
    return code
  }
  const exchange = (appid: string, secret: string, code: string) => {
    const known = [MINI_PROGRAM, OFFICIAL_ACCOUNT].find((one) => one.appid === appid)
    if (!known) return { errcode: 40013, errmsg: 'invalid appid' }
    if (known.secret !== secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    const entry = codes.get(code)
    if (!entry || entry.appid !== appid) return { errcode: 40029, errmsg: 'invalid code' }
    codes.delete(code)
    if (entry.expiresAtMs <= clock.nowMs()) return { errcode: 42003, errmsg: 'code expired' }
    return { openid: entry.openid, unionid: entry.unionid }
  }

  type Login = { Querystring: { appid?: string; secret?: string; code?: string; js_code?: string } }
  for (const [path, operation] of [
    ['/sns/jscode2session', 'jscode2session'],
    ['/sns/oauth2/access_token', 'oauth2/access_token'],
  ] as const)
    app.get<Login>(path, async (request, reply) => {
      const { appid = '', secret = '', code, js_code: jsCode } = request.query
      const carryOut = () => exchange(appid, secret, code ?? jsCode ?? '')
      const { result, body } = await applyGeneralFaults(faults, operation, reply, carryOut)
      recordCall(calls, { atMs: clock.nowMs(), operation, request: { appid }, reply: body, result })
      return reply
    })

  type Authorize = { Querystring: { appid?: string; redirect_uri?: string; state?: string } }
  app.get<Authorize>('/connect/oauth2/authorize', (request, reply) => {
    const { appid = '', redirect_uri: redirectUri = '', state = '' } = request.query
    if (appid !== OFFICIAL_ACCOUNT.appid || !URL.canParse(redirectUri))
      return reply
        .status(400)
        .type('text/html; charset=utf-8')
        .send(sandboxPage('redirect_uri 参数错误', html`<p>请检查 appid 与回跳地址。</p>`))
    const target = new URL(redirectUri)
    target.searchParams.set('code', newCode(appid, currentPerson(request.headers.cookie)))
    target.searchParams.set('state', state)
    return reply.redirect(target.href)
  })

  addFaceChecks({ app, faults, calls, clock, baseUrl })

  // Who "holds the phone": a sandbox page sets a cookie that all simulators' pages see.
  app.get('/', (request, reply) => {
    const current = currentPerson(request.headers.cookie)
    return reply
      .type('text/html; charset=utf-8')
      .send(
        sandboxPage(
          '以谁的微信继续？',
          html`${PERSONS.map(({ id, nickname }) => html`<a class="button ${id === current.id ? '' : 'ghost'}" href="/persons/${id}">${nickname}</a>`)}`,
        ),
      )
  })
  app.get<{ Params: { id: string } }>('/persons/:id', (request, reply) =>
    reply.header('set-cookie', personCookie(request.params.id)).redirect('/'),
  )

  return {
    name: 'wechat',
    zh: '微信登录',
    app,
    faults,
    calls,
    ownFaults: {},
    credentials: {
      miniProgramAppid: MINI_PROGRAM.appid,
      miniProgramSecret: MINI_PROGRAM.secret,
      officialAccountAppid: OFFICIAL_ACCOUNT.appid,
      officialAccountSecret: OFFICIAL_ACCOUNT.secret,
    },
    actions: {
      'mini-program-code': ({ person: id }) => ({ code: newCode(MINI_PROGRAM.appid, person(String(id))) }),
    },
  }
}
