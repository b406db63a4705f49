import { createHash, randomBytes } from 'node:crypto'
import { assertNever, MINUTE_MS } from '@zhangyi/core'
import {
  exchangeMiniProgramCode,
  exchangeOAuthCode,
  loginAdvice,
  oauthPage,
  type WechatIdentity,
  WechatLoginError,
} from '@zhangyi/wechat'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError, type ErrorCode } from '../errors/catalogue.ts'
import type { Hospital } from '../hospitals/hospitals.ts'
import type { Http } from '../http/build-http.ts'
import type { Platform } from '../platform.ts'
import { readOnce } from '../secrets/read-once.ts'
import { closeSession } from './find-session.ts'
import { openSession } from './open-session.ts'
import type { Channel, SessionTables } from './session.ts'
import { cookieOf, sessionCookieName, sessionOf, tokenOf } from './session-of.ts'

const CALLBACK = '/api/v1/sessions/official-account/callback'
const STATE_LIFETIME_MS = 10 * MINUTE_MS
// Only our own patient app is a target after login; anything else would be an open redirect.
const RETURN_PATH = /^\/h5\/[A-Za-z0-9\-_/]*(\?[A-Za-z0-9\-_=&%.]*)?$/

/** `POST /api/v1/sessions/mini-program`, official-account OAuth and sign-out. */
export function registerLoginRoutes(http: Http, platform: Platform): void {
  const secretIn = readOnce(platform.cipher)
  http.post(
    '/api/v1/sessions/mini-program',
    {
      schema: {
        summary: '小程序登录：用 wx.login 的 code 换令牌',
        tags: ['登录'],
        body: z.strictObject({ hospital: z.string().max(40).optional(), code: z.string().min(1).max(512) }),
        response: { 200: z.object({ token: z.string(), expiresAt: z.iso.datetime() }) },
      },
    },
    async (request) => {
      const hospital = chosenHospital(platform, request.body.hospital)
      const app = hospital.wechat.miniProgram
      if (!app) throw new AppError('not-found')
      const identity = await asLoginErrors(() =>
        exchangeMiniProgramCode(loginOptions(platform, hospital, app, secretIn), request.body.code),
      )
      const { token, expiresAtMs } = await signIn(platform, hospital, identity, 'mini-program')
      return { token, expiresAt: new Date(expiresAtMs).toISOString() }
    },
  )

  http.get(
    '/api/v1/sessions/official-account',
    {
      schema: {
        summary: '公众号网页登录：跳转到微信授权页',
        tags: ['登录'],
        querystring: z.object({
          hospital: z.string().max(40).optional(),
          return: z.string().regex(RETURN_PATH).default('/h5/'),
        }),
      },
    },
    async (request, reply) => {
      const hospital = chosenHospital(platform, request.query.hospital)
      const app = hospital.wechat.officialAccount
      if (!app) throw new AppError('not-found')
      const state = `${hospital.id}.${randomBytes(24).toString('base64url')}`
      await rememberState(platform, hospital, state, request.query.return)
      // The cookie binds the state to this browser: a link made by somebody else signs nobody in.
      setCookie(reply, platform, stateCookieName(platform), state, STATE_LIFETIME_MS)
      return reply.redirect(
        oauthPage(hospital.wechat.openOrigin, app.appid, platform.publicOrigin + CALLBACK, state),
      )
    },
  )

  http.get(
    CALLBACK,
    {
      schema: {
        summary: '公众号网页登录：微信带 code 回跳',
        tags: ['登录'],
        querystring: z.object({ code: z.string().max(512).optional(), state: z.string().max(128) }),
      },
    },
    async (request, reply) => {
      const { code, state } = request.query
      const hospital = platform.hospitals.find(state.split('.')[0] ?? '')
      const app = hospital?.wechat.officialAccount
      if (!hospital || !app || cookieOf(request, stateCookieName(platform)) !== state)
        throw new AppError('login-refused')
      const returnPath = await spendState(platform, hospital, state)
      if (!code || !returnPath) throw new AppError('login-refused')
      const identity = await asLoginErrors(() =>
        exchangeOAuthCode(loginOptions(platform, hospital, app, secretIn), code),
      )
      const { token, expiresAtMs } = await signIn(platform, hospital, identity, 'official-account')
      setCookie(
        reply,
        platform,
        sessionCookieName(platform.publicOrigin),
        token,
        expiresAtMs - platform.clock.nowMs(),
      )
      return reply.redirect(returnPath)
    },
  )

  http.delete(
    '/api/v1/session',
    { schema: { summary: '退出登录', tags: ['登录'], response: { 204: z.null() } } },
    async (request, reply) => {
      await sessionOf(platform, request)
      await closeSession(platform.database, tokenOf(request, platform.publicOrigin) ?? '')
      setCookie(reply, platform, sessionCookieName(platform.publicOrigin), '', 0)
      return reply.status(204).send(null)
    },
  )
}

function chosenHospital(platform: Platform, id: string | undefined): Hospital {
  const hospital = platform.hospitals.choose(id)
  if (!hospital) throw new AppError('not-found', { zh: '没有找到这家医院，请从医院的公众号或小程序进入。' })
  return hospital
}

function loginOptions(
  platform: Platform,
  hospital: Hospital,
  app: { appid: string; secretFile: string },
  secretIn: (file: string) => string,
) {
  return {
    apiOrigin: hospital.wechat.apiOrigin,
    appid: app.appid,
    secret: secretIn(app.secretFile),
    fetch: platform.fetch,
  }
}

async function asLoginErrors<T>(exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange()
  } catch (error) {
    if (!(error instanceof WechatLoginError)) throw error
    throw new AppError(codeOf(error), { cause: error })
  }
}

/** Only what helps the patient differs: to enter again, to wait, or to go to the counter. */
function codeOf({ kind, errcode }: WechatLoginError): ErrorCode {
  // A snapshot user has no errcode: WeChat answered, but with nobody's openid.
  if (errcode === undefined) return kind === 'refused' ? 'login-refused' : 'wechat-unavailable'
  const { action } = loginAdvice(errcode)
  switch (action) {
    case 'login-again':
      return 'login-refused'
    case 'refuse':
      return 'login-blocked'
    case 'slow-down':
      return 'too-many-requests'
    case 'retry-later':
    case 'ops':
      return 'wechat-unavailable'
    default:
      return assertNever(action, 'login action')
  }
}

function signIn(
  { database, clock, settings }: Platform,
  hospital: Hospital,
  identity: WechatIdentity,
  channel: Channel,
) {
  return database.inTransaction(hospital.id, (tx) =>
    openSession(tx, { identity, channel, nowMs: clock.nowMs(), hours: settings.sessionHours }),
  )
}

function stateCookieName({ publicOrigin }: Platform): string {
  return `${sessionCookieName(publicOrigin)}_state`
}

async function rememberState(
  { database, clock }: Platform,
  hospital: Hospital,
  state: string,
  returnPath: string,
): Promise<void> {
  await database.inTransaction(hospital.id, (tx) =>
    tx.sql
      .withTables<SessionTables>()
      .insertInto('login_state')
      .values({
        hospital_id: hospital.id,
        state_hash: stateHash(state),
        return_path: returnPath,
        expires_at_ms: clock.nowMs() + STATE_LIFETIME_MS,
      })
      .execute(),
  )
}

/** Deletes the state and tells where to go; undefined if it was used before or is too old. */
async function spendState(
  { database, clock }: Platform,
  hospital: Hospital,
  state: string,
): Promise<string | undefined> {
  const row = await database.inTransaction(hospital.id, (tx) =>
    tx.sql
      .withTables<SessionTables>()
      .deleteFrom('login_state')
      .where('hospital_id', '=', hospital.id)
      .where('state_hash', '=', stateHash(state))
      .returning(['return_path', 'expires_at_ms'])
      .executeTakeFirst(),
  )
  return row && row.expires_at_ms > clock.nowMs() ? row.return_path : undefined
}

function stateHash(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}

function setCookie(
  reply: FastifyReply,
  { publicOrigin }: Platform,
  name: string,
  value: string,
  lifetimeMs: number,
): void {
  const secure = publicOrigin.startsWith('https:') ? '; Secure' : ''
  const cookie = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(lifetimeMs / 1000)}${secure}`
  reply.header('set-cookie', [...([reply.getHeader('set-cookie') ?? []].flat() as string[]), cookie])
}
