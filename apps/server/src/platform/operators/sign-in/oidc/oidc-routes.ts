import { MINUTE_MS } from '@zhangyi/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { CipherError } from '../../../crypto/cipher.ts'
import { AppError } from '../../../errors/catalogue.ts'
import { answers, neverCached } from '../../../http/answers.ts'
import type { Http } from '../../../http/build-http.ts'
import { readSecret } from '../../../secrets/read-secret.ts'
import { cookieOf } from '../../../sessions/session-of.ts'
import type { OperatorsRoom } from '../../session-routes.ts'
import { enterByProvider } from './enter-by-provider.ts'
import { type Journey, OidcProvider } from './oidc-provider.ts'
import { oidcSettings } from './oidc-settings.ts'

const ROOT = '/api/v1/console/session/oidc'
const DOOR = '/console/sign-in'
const SEAL = 'operator_session.oidc'
const LASTS_MS = 10 * MINUTE_MS
/** Within the console: a path, and nothing that a browser could take for another host. */
const BACK = /^\/(?![/\\])[\w\-./?=&%:~+,]{0,400}$/
const tags = ['运营后台：登录']

interface Trip extends Journey {
  readonly back: string | undefined
  readonly untilMs: number
}

/** Signing in through the hospital's own provider, where one is set; the sign-in page asks whether there is. */
export function registerOidc(http: Http, room: OperatorsRoom): void {
  const settings = oidcSettings(room.settings)
  http.get(
    `${ROOT}`,
    {
      schema: {
        ...{ summary: '能不能用医院的统一登录，它叫什么', tags },
        response: answers(z.object({ name: z.string().nullable() })),
      },
      onRequest: neverCached,
    },
    async () => ({ name: settings?.name ?? null }),
  )
  if (!settings) return
  const { operators, clock, cipher, publicOrigin } = room
  const provider = new OidcProvider({
    ...{ settings, secret: readSecret(cipher, settings.secretFile), clock, fetch: room.fetch },
    callback: `${publicOrigin}${ROOT}/callback`,
  })
  room.checks.register({
    name: 'operators.oidc',
    zh: '取统一登录的 /.well-known/openid-configuration：得到，并且 issuer 和配置的一样即通过；client_id、密钥和回跳地址要登录一次才知道',
    level: 'calls',
    run: async () => {
      try {
        await provider.start()
        return { ok: true }
      } catch (error) {
        const why = error instanceof Error ? error.message : '原因不明'
        return { ok: false, zh: `没有得到（${why}）：请核对 ZHANGYI_OIDC_ISSUER，并确认这台机器能访问它` }
      }
    },
  })
  const cookieName = `zy_oidc_${new URL(publicOrigin).port || '443'}`
  // Lax, because the provider sends the browser here; it opens nothing by itself.
  const cookie = (value: string, lastsMs: number) =>
    `${cookieName}=${value}; Path=${ROOT}; HttpOnly; SameSite=Lax; Max-Age=${lastsMs / 1_000}${publicOrigin.startsWith('https:') ? '; Secure' : ''}`
  const toDoor = (reply: FastifyReply, why: string) => reply.redirect(`${DOOR}?why=${why}`, 303)

  http.get(
    `${ROOT}/start`,
    {
      schema: {
        ...{
          summary: '去医院的统一登录',
          tags,
          querystring: z.object({ back: z.string().max(500).optional() }),
        },
        response: { 303: z.null(), ...answers(z.null()) },
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const { back } = request.query
      try {
        const { url, journey } = await provider.start()
        const trip: Trip = {
          ...{ ...journey, untilMs: clock.nowMs() + LASTS_MS },
          back: back !== undefined && BACK.test(back) ? back : undefined,
        }
        const sealed = cipher.seal(JSON.stringify(trip), SEAL).toString('base64url')
        return reply.header('set-cookie', cookie(sealed, LASTS_MS)).redirect(url.href, 303)
      } catch (error) {
        request.log.warn({ err: error }, 'the provider of the sign-in cannot be asked')
        return toDoor(reply, 'provider-away')
      }
    },
  )

  http.get(
    `${ROOT}/callback`,
    {
      schema: {
        ...{ summary: '从医院的统一登录回来', tags, querystring: z.unknown() },
        response: { 303: z.null(), ...answers(z.null()) },
      },
      onRequest: neverCached,
    },
    async (request, reply) => {
      const gone = cookie('', 0)
      try {
        const trip = openTrip(request)
        const query = request.url.slice(request.url.indexOf('?'))
        const loginName = trip && (await provider.finish(query, trip))
        if (loginName === undefined) throw new AppError('operator-refused')
        const { token, stage } = await enterByProvider(operators.door, loginName, settings)
        reply.header('set-cookie', [gone, operators.cookie(token)])
        return reply.redirect(stage === 'ready' ? placeOf(trip?.back) : doorBackTo(trip?.back), 303)
      } catch (error) {
        // Why stands in the log; whoever is at the door hears what to do.
        request.log.warn({ err: error }, 'a sign-in through the provider was refused')
        reply.header('set-cookie', gone)
        const isLocked = error instanceof AppError && error.code === 'operator-locked'
        return toDoor(reply, isLocked ? 'locked' : 'provider-refused')
      }
    },
  )

  function openTrip(request: FastifyRequest): Trip | undefined {
    const sealed = cookieOf(request, cookieName)
    if (sealed === undefined || sealed === '') return undefined
    try {
      const trip = JSON.parse(cipher.open(Buffer.from(sealed, 'base64url'), SEAL).reveal()) as Trip
      return clock.nowMs() < trip.untilMs ? trip : undefined
    } catch (error) {
      if (error instanceof CipherError) return undefined
      throw error
    }
  }
}

/** As the app says it: without its base. */
function placeOf(back: string | undefined): string {
  return `/console${back ?? '/'}`
}

function doorBackTo(back: string | undefined): string {
  return back === undefined ? DOOR : `${DOOR}?back=${encodeURIComponent(back)}`
}
