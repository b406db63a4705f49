/** What to do with a login that WeChat refused. `ops`: our configuration is wrong and no patient can help. */
export type LoginAction = 'login-again' | 'refuse' | 'slow-down' | 'retry-later' | 'ops'

export interface LoginAdvice {
  readonly errcode: number | undefined
  readonly action: LoginAction
  /** For the patient: what to do next. */
  readonly zh: string
}

const AGAIN = '登录信息已失效，请重新进入小程序再试。'
const LATER = '微信服务繁忙，请稍后再试。'
const OPS = '登录服务暂时不可用，请稍后再试，或到医院窗口办理。'

export const LOGIN_ADVICE: readonly (LoginAdvice & { readonly errcode: number })[] = [
  { errcode: -1, action: 'retry-later', zh: LATER },
  { errcode: 40029, action: 'login-again', zh: AGAIN },
  { errcode: 40163, action: 'login-again', zh: AGAIN },
  { errcode: 40226, action: 'refuse', zh: '该微信账号暂时无法登录，请到医院窗口办理。' },
  { errcode: 45011, action: 'slow-down', zh: '操作太频繁，请一分钟后再试。' },
  { errcode: 40013, action: 'ops', zh: OPS },
  { errcode: 40125, action: 'ops', zh: OPS },
  { errcode: 40164, action: 'ops', zh: OPS },
  { errcode: 45009, action: 'ops', zh: OPS },
  { errcode: 48001, action: 'ops', zh: OPS },
]

/** `errcode` of a `WechatLoginError`; undefined: no answer came, or the user has no real openid. */
export function loginAdvice(errcode: number | undefined): LoginAdvice {
  if (errcode === undefined) return { errcode, action: 'retry-later', zh: LATER }
  return LOGIN_ADVICE.find((one) => one.errcode === errcode) ?? { errcode, action: 'ops', zh: OPS }
}
