import { exchangeCode, type WechatIdentity, type WechatLoginOptions } from './exchange-code.ts'

/** `GET /sns/jscode2session`: the code of `wx.login` → openid. The session_key is not kept: nothing needs it. */
export function exchangeMiniProgramCode(options: WechatLoginOptions, code: string): Promise<WechatIdentity> {
  return exchangeCode(options, '/sns/jscode2session', { js_code: code, grant_type: 'authorization_code' })
}
