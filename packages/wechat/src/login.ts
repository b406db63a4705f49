/** Login of WeChat users: mini-program code and official-account OAuth. Both codes live 5 minutes, one use. */
export interface WechatLoginOptions {
  readonly apiOrigin: string
  readonly appid: string
  readonly secret: string
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
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
  readonly errcode: number | undefined

  constructor(kind: 'refused' | 'unavailable', message: string, errcode?: number) {
    super(message)
    this.kind = kind
    this.errcode = errcode
  }
}

const DEFAULT_TIMEOUT_MS = 5_000

/** `GET /sns/jscode2session`: the code of `wx.login` → openid. The session_key is not kept: nothing needs it. */
export function exchangeMiniProgramCode(options: WechatLoginOptions, code: string): Promise<WechatIdentity> {
  return exchange(options, '/sns/jscode2session', { js_code: code, grant_type: 'authorization_code' })
}

/** `GET /sns/oauth2/access_token`: the code of the OAuth redirect → openid. Snapshot users are refused. */
export function exchangeOAuthCode(options: WechatLoginOptions, code: string): Promise<WechatIdentity> {
  return exchange(options, '/sns/oauth2/access_token', { code, grant_type: 'authorization_code' })
}

/** The page that the browser opens to sign in silently (`snsapi_base`). */
export function oauthPage(openOrigin: string, appid: string, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    appid,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
  })
  return `${openOrigin}/connect/oauth2/authorize?${query}#wechat_redirect`
}

interface LoginReply {
  readonly openid?: unknown
  readonly unionid?: unknown
  readonly errcode?: unknown
  readonly is_snapshotuser?: unknown
}

async function exchange(
  options: WechatLoginOptions,
  path: string,
  parameters: Record<string, string>,
): Promise<WechatIdentity> {
  const { apiOrigin, appid, secret, fetch: send = fetch, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const query = new URLSearchParams({ appid, secret, ...parameters })
  let reply: LoginReply
  try {
    const response = await send(`${apiOrigin}${path}?${query}`, { signal: AbortSignal.timeout(timeoutMs) })
    reply = (await response.json()) as LoginReply
  } catch {
    throw new WechatLoginError('unavailable', 'WeChat login did not answer')
  }
  if (typeof reply.errcode === 'number' && reply.errcode !== 0)
    throw new WechatLoginError(
      'refused',
      `WeChat refused the login code with errcode ${reply.errcode}`,
      reply.errcode,
    )
  if (reply.is_snapshotuser === 1)
    throw new WechatLoginError('refused', 'snapshot page user, not a real openid')
  if (typeof reply.openid !== 'string' || reply.openid === '')
    throw new WechatLoginError('unavailable', 'WeChat login answered without openid')
  return {
    appid,
    openid: reply.openid,
    unionid: typeof reply.unionid === 'string' ? reply.unionid : undefined,
  }
}
