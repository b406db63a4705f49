import { WechatError } from '../errors.ts'
import type { FaceAction } from './face-results.ts'

/** What an errcode of a face call means for the patient. Never a pass. */
export interface FaceErrorAdvice {
  readonly errcode: number | undefined
  readonly zh: string
  readonly action: Exclude<FaceAction, 'grant'>
  /** Whether the patient may start a new verification at once. */
  readonly retry: boolean
  readonly countsAsAttempt: boolean
}

const OPS = '人脸核身服务暂时不可用，请换一种验证方式，或到医院窗口办理。'
const BUSY = '微信人脸核身服务繁忙，请过几分钟再试，或换一种验证方式。'

export const FACE_ERRCODES: readonly (FaceErrorAdvice & { readonly errcode: number })[] = [
  row(-1, BUSY, 'later'),
  // Session expired or used, or another openid or certificate than at its start.
  row(84001, '这次验证已失效，请重新开始验证。', 'retry'),
  row(84006, '姓名或身份证号为空，请填写后再试。', 'check-identity'),
  row(45009, '今天的人脸核身名额已用完，请换一种验证方式，或到医院窗口办理。', 'other-method'),
  row(45011, '操作太频繁，请稍后再试。', 'cool-down'),
  row(48001, OPS, 'ops'),
  row(40001, OPS, 'ops'),
  row(40014, OPS, 'ops'),
  row(42001, OPS, 'ops'),
  row(40003, '登录信息与验证信息不符，请重新进入小程序再试。', 'retry'),
]

function row(errcode: number, zh: string, action: FaceErrorAdvice['action']) {
  return { errcode, zh, action, retry: action === 'retry', countsAsAttempt: false }
}

/** For the code of a `no` of `getVerifyId`, or the error of `queryVerifyInfo`. */
export function faceErrorAdvice(failure: WechatError | string): FaceErrorAdvice {
  const errcode = failure instanceof WechatError ? failure.errcode : numberOf(failure)
  const known = FACE_ERRCODES.find((one) => one.errcode === errcode)
  if (known) return known
  // No answer says nothing about the patient; an errcode that nobody knows is for an operator.
  const answered = errcode !== undefined && errcode !== 0
  const [zh, action] = answered ? ([OPS, 'ops'] as const) : ([BUSY, 'later'] as const)
  return { errcode, zh, action, retry: false, countsAsAttempt: false }
}

function numberOf(code: string): number | undefined {
  return /^-?\d{1,9}$/.test(code) ? Number(code) : undefined
}
