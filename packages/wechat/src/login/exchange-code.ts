import type {} from '@zhangyi/core'
import type { Members } from '../call/parse-json.ts'
import { readReply } from '../call/read-reply.ts'
import { sendRequest } from '../call/send-request.ts'
import { withBackOff } from '../call/with-back-off.ts'

/** Login of WeChat users: mini-program code and official-account OAuth. Both codes live 5 minutes, one use. */
export interface WechatLoginOptions {
  readonly apiOrigin: string
  readonly appid: string
  readonly secret: string
  readonly fetch?: typeof fetch
  /** Limit of one exchange, its repetitions while WeChat is busy included. */
  readonly timeoutMs?: number
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface WechatIdentity {
  readonly appid: string
  readonly openid: string
  readonly unionid: string | undefined
}

/** `refused`: WeChat answered with an errcode. `unavailable`: no usable answer. Neither message holds the code. */
export class WechatLoginError extends Error {
  override readonly name = 'WechatLoginError'
  readonly kind: 'refused' | 'unavailable'
  /** For `loginAdvice`. */
  readonly errcode: number | undefined

  constructor(kind: 'refused' | 'unavailable', message: string, errcode?: number) {
    super(message)
    this.kind = kind
    this.errcode = errcode
  }
}

const DEFAULT_TIMEOUT_MS = 5_000
const ID = /^[\x21-\x7e]{1,128}$/

/**
 * Exchanges a one-use code. Repeated only while WeChat says that it is busy (-1); a lost reply is not, because the code
 * may be spent: the user signs in again, which costs nothing. Throws `WechatLoginError`.
 */
export async function exchangeCode(
  options: WechatLoginOptions,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<WechatIdentity> {
  const { apiOrigin, appid, secret, fetch: send = fetch, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const query = new URLSearchParams({ appid, secret, ...parameters })
  const url = `${apiOrigin.replace(/\/+$/, '')}${path}?${query}`
  const deadline = AbortSignal.timeout(timeoutMs)
  const attempt = async () => {
    const sent = await sendRequest(send, { url }, deadline)
    return sent.kind === 'yes' ? readReply(sent.value) : sent
  }
  const received = await withBackOff(
    options,
    deadline,
    attempt,
    (made) => made.kind === 'yes' && made.value.errcode === -1,
  )
  if (received.kind !== 'yes') throw new WechatLoginError('unavailable', 'WeChat login did not answer')
  const { errcode, members } = received.value
  if (errcode < 0) throw new WechatLoginError('unavailable', 'WeChat login is busy', errcode)
  if (errcode !== 0)
    throw new WechatLoginError('refused', `WeChat refused the login code with errcode ${errcode}`, errcode)
  return identityOf(appid, members)
}

function identityOf(appid: string, members: Members): WechatIdentity {
  const { openid, unionid, is_snapshotuser: snapshot } = members
  // Whatever it says beside 0: a virtual account must not become a patient.
  if (snapshot !== undefined && snapshot !== 0)
    throw new WechatLoginError('refused', 'snapshot page user, not a real openid')
  if (typeof openid !== 'string' || !ID.test(openid))
    throw new WechatLoginError('unavailable', 'WeChat login answered without openid')
  return { appid, openid, unionid: typeof unionid === 'string' && ID.test(unionid) ? unionid : undefined }
}
