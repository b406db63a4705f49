import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { z } from 'zod'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { recordCall } from '../kit/record-call.ts'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from './credentials.ts'
import { WeixinRefusal } from './errcodes.ts'
import type { WeixinPlatform } from './platform.ts'
import { takeErrcode } from './take-errcode.ts'

export interface WeixinCall {
  readonly query: Readonly<Record<string, string | undefined>>
  /** The appid whose access_token came with the call; empty where none is asked for. */
  readonly appid: string
  readonly reply: FastifyReply
  /** The JSON body in a form; throws 44002, 47001, or the errcode given here (40097 when absent). */
  parse<S extends z.ZodType>(schema: S, errcode?: number): z.output<S>
}

export interface CallSpec {
  /** The name for faults and the list of calls, e.g. `getverifyid`. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Whose access_token it asks for; none when absent. Another app's token is answered with 48001. */
  readonly token?: 'mini-program' | 'official-account' | 'any'
  /** A Buffer is sent as it is (with the type that `carryOut` set), anything else as JSON. */
  readonly carryOut: (call: WeixinCall) => unknown
}

export type AddCall = (spec: CallSpec) => void

/** Makes the function that adds an API call: general faults, ordered errcodes, token, body, then the work. */
export function callAdder(app: FastifyInstance, platform: WeixinPlatform): AddCall {
  return ({ operation, method, path, token, carryOut }) => {
    app.route<{ Querystring: Record<string, string | undefined> }>({
      method,
      url: path,
      handler: async (request, reply) => {
        const { query, body } = request
        const atMs = platform.clock.nowMs()
        const answer = async () => {
          try {
            takeErrcode(platform.faults, operation)
            const appid =
              token === undefined ? '' : checkToken(platform, operation, query['access_token'], token)
            return await carryOut({
              ...{ query, appid, reply },
              parse: (schema, errcode) => parseBody(body, schema, errcode),
            })
          } catch (error) {
            if (!(error instanceof WeixinRefusal)) throw error
            return { errcode: error.errcode, errmsg: `${error.message} rid: ${newRid()}` }
          }
        }
        const { result, body: sent } = await applyGeneralFaults(platform.faults, operation, reply, answer)
        recordCall(platform.calls, {
          ...{ atMs, operation, request: { ...query, ...shownBody(body) } },
          reply: Buffer.isBuffer(sent) ? `${sent.length} bytes` : sent,
          result: result === 'ok' ? String((sent as { errcode?: number }).errcode ?? 0) : result,
        })
        return reply
      },
    })
  }
}

function checkToken(
  { faults, tokens, settings }: WeixinPlatform,
  operation: string,
  text: string | undefined,
  wanted: NonNullable<CallSpec['token']>,
): string {
  // As if another server had refreshed by force: our token died early, the next one is good.
  if (text && faults.take('token-revoked', operation)) tokens.revoke(tokens.ownerOf(text))
  const appid = tokens.ownerOf(text)
  const allowed = {
    any: [MINI_PROGRAM.appid, OFFICIAL_ACCOUNT.appid],
    'mini-program': [MINI_PROGRAM.appid],
    'official-account': [OFFICIAL_ACCOUNT.appid],
  }[wanted] as readonly string[]
  if (!allowed.includes(appid)) throw new WeixinRefusal(48001)
  if (settings.unauthorized.includes(operation)) throw new WeixinRefusal(48001)
  return appid
}

function parseBody<S extends z.ZodType>(body: unknown, schema: S, errcode = 40097): z.output<S> {
  if (body === undefined || body === null || body === '') throw new WeixinRefusal(44002)
  const parsed = schema.safeParse(jsonOf(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new WeixinRefusal(
    errcode,
    `${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
  )
}

// The real platform does not look at the content type; the body has to be a JSON object.
function jsonOf(body: unknown): object {
  try {
    const value: unknown = typeof body === 'string' ? JSON.parse(body) : undefined
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Falls through: told as a format error below.
  }
  throw new WeixinRefusal(47001)
}

function shownBody(body: unknown): object {
  try {
    return typeof body === 'string' && body !== '' ? jsonOf(body) : {}
  } catch {
    return { body }
  }
}

function newRid(): string {
  const hex = randomBytes(10).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 14)}-${hex.slice(14)}`
}
