import { exchangeCode, type WechatIdentity, type WechatLoginOptions } from './exchange-code.ts'

/** `GET /sns/oauth2/access_token`: the code of the OAuth redirect → openid. Snapshot users are refused. */
export function exchangeOAuthCode(options: WechatLoginOptions, code: string): Promise<WechatIdentity> {
  return exchangeCode(options, '/sns/oauth2/access_token', { code, grant_type: 'authorization_code' })
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
