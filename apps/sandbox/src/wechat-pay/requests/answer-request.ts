import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { applyGeneralFaults } from '../../kit/apply-general-faults.ts'
import { recordCall } from '../../kit/record-call.ts'
import { advance } from '../advance.ts'
import { PayRefusal } from '../errors.ts'
import { signMessage } from '../keys/sign-message.ts'
import type { PayPlatform } from '../platform.ts'
import { checkAuthorization } from './check-authorization.ts'
import { FileAnswer, NO_CONTENT, type PayRoute } from './route.ts'

/** Answers one call: time first, then signature, faults, the work itself, and the signature of a 2xx answer. */
export async function answerRequest(
  platform: PayPlatform,
  route: PayRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { faults, clock, calls } = platform
  const atMs = clock.nowMs()
  advance(platform)
  reply.header('Request-ID', newRequestId())
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  let code = 'SUCCESS'
  const { result, body } = await applyGeneralFaults(faults, route.operation, reply, () => {
    // Once more: the clock may have been moved during a delay.
    advance(platform)
    let answer: unknown
    try {
      answer = carryOut(platform, route, request, raw)
    } catch (error) {
      answer = refusalOf(error)
    }
    code = answer instanceof PayRefusal ? answer.code : 'SUCCESS'
    return send(platform, route, request, reply, answer)
  })
  recordCall(calls, {
    atMs,
    operation: route.operation,
    request: { method: request.method, url: request.raw.url, headers: request.headers, body: shown(raw) },
    reply: Buffer.isBuffer(body) ? `${body.length} bytes` : body,
    result: result === 'ok' ? code : result,
  })
  return reply
}

function carryOut(platform: PayPlatform, route: PayRoute, request: FastifyRequest, raw: Buffer): unknown {
  const { faults } = platform
  const { operation } = route
  const { accept, authorization, 'user-agent': agent, 'wechatpay-serial': serial } = request.headers
  if (!accept || !agent)
    throw new PayRefusal('INVALID_REQUEST', `Http头缺少${accept ? 'User-Agent' : 'Accept'}`)
  const signed = { method: request.method, url: request.raw.url ?? '', body: raw, authorization }
  const mchid = checkAuthorization(platform, signed, route.anyMerchant)
  if (faults.take('system-error', operation)) throw new PayRefusal('SYSTEM_ERROR', '系统异常，请稍后重试')
  if (faults.take('frequency', operation))
    throw new PayRefusal('FREQUENCY_LIMITED', '请求频率超限，请稍后再试')
  if (faults.take('no-auth', operation))
    throw new PayRefusal('NO_AUTH', '商户号该产品权限未开通或接口安全IP未配置')
  const answer = route.carryOut(platform, {
    params: request.params as Record<string, string>,
    query: onlyTexts(request.query),
    body: parse(raw),
    serial: typeof serial === 'string' ? serial : undefined,
    mchid,
  })
  platform.changed = true
  if (faults.take('system-error-after', operation))
    throw new PayRefusal('SYSTEM_ERROR', '系统异常，请用相同参数重试')
  return answer
}

/** Sets status and headers; returns what is to be sent. */
function send(
  platform: PayPlatform,
  { operation }: PayRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): unknown {
  if (answer instanceof PayRefusal) {
    reply.status(answer.status)
    // As a plain object: fastify would take an Error for a failure of its own.
    return answer.toJSON()
  }
  if (answer instanceof FileAnswer) {
    reply.type(answer.type)
    return answer.bytes
  }
  const { faults, keys, callersClock } = platform
  const body = answer === NO_CONTENT ? undefined : answer
  const serial = request.headers['wechatpay-serial']
  const kind = faults.take('bad-signature', operation)
    ? 'wrong'
    : faults.take('signtest-response', operation)
      ? 'probe'
      : 'genuine'
  const text = body === undefined ? '' : JSON.stringify(body)
  const key = keys.signingKey(typeof serial === 'string' ? serial : undefined)
  reply.headers(signMessage(key, text, callersClock.nowMs(), kind))
  reply.status(body === undefined ? 204 : 200)
  return body
}

function parse(raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    throw new PayRefusal('PARAM_ERROR', '无法将输入源“/body”映射到目标：请求内容不是合法的JSON')
  }
}

function refusalOf(error: unknown): PayRefusal {
  if (error instanceof PayRefusal) return error
  return new PayRefusal('SYSTEM_ERROR', `模拟器内部错误：${error instanceof Error ? error.message : ''}`)
}

/** Repeated query members come as lists; WeChat takes the first. */
function onlyTexts(query: unknown): Record<string, string> {
  const entries = Object.entries(query as Record<string, string | string[]>)
  return Object.fromEntries(entries.map(([key, value]) => [key, String([value].flat()[0] ?? '')]))
}

function shown(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return raw.toString('utf8').slice(0, 2_000)
  }
}

export function newRequestId(): string {
  return `08${randomUUID().replaceAll('-', '').toUpperCase()}-0`
}
