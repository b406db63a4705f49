import { PayRefusal } from '../errors.ts'
import type { PayPlatform } from '../platform.ts'
import { checkAuthorization } from './check-authorization.ts'
import type { PayRoute } from './route.ts'

/** A call as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly raw: Buffer
}

/** Signature, faults, the work itself. Returns what is to be answered, or the refusal. */
export function carryOut(platform: PayPlatform, route: PayRoute, request: ReceivedRequest): unknown {
  try {
    return work(platform, route, request)
  } catch (error) {
    if (error instanceof PayRefusal) return error
    return new PayRefusal('SYSTEM_ERROR', `模拟器内部错误：${error instanceof Error ? error.message : ''}`)
  }
}

function work(platform: PayPlatform, route: PayRoute, request: ReceivedRequest): unknown {
  const { faults } = platform
  const { operation } = route
  const { method, url, raw, params, query } = request
  const { accept, authorization, 'user-agent': agent } = request.headers
  if (!accept || !agent)
    throw new PayRefusal('INVALID_REQUEST', `Http头缺少${accept ? 'User-Agent' : 'Accept'}`)
  const signed = { method, url, body: raw, authorization: oneText(authorization) }
  const mchid = checkAuthorization(platform, signed, route.anyMerchant)
  if (faults.take('system-error', operation)) throw new PayRefusal('SYSTEM_ERROR', '系统异常，请稍后重试')
  if (faults.take('frequency', operation))
    throw new PayRefusal('FREQUENCY_LIMITED', '请求频率超限，请稍后再试')
  if (faults.take('no-auth', operation))
    throw new PayRefusal('NO_AUTH', '商户号该产品权限未开通或接口安全IP未配置')
  const serial = serialOf(request)
  const answer = route.carryOut(platform, {
    params,
    query: onlyTexts(query),
    body: parse(raw),
    serial,
    mchid,
  })
  platform.changed = true
  if (faults.take('system-error-after', operation))
    throw new PayRefusal('SYSTEM_ERROR', '系统异常，请用相同参数重试')
  return answer
}

/** The key that the caller encrypted with, and the one it wants signed with. */
export function serialOf({ headers }: Pick<ReceivedRequest, 'headers'>): string | undefined {
  return oneText(headers['wechatpay-serial'])
}

function oneText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function parse(raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    throw new PayRefusal('PARAM_ERROR', '无法将输入源“/body”映射到目标：请求内容不是合法的JSON')
  }
}

/** Repeated query members come as lists; WeChat takes the first. */
function onlyTexts(query: ReceivedRequest['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, String([value].flat()[0] ?? '')]),
  )
}
