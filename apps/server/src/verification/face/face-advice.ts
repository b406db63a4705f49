import { FACE_RESULTS, type FaceAction, faceErrorAdvice, faceResult } from '@zhangyi/wechat'
import { z } from 'zod'

const ACTIONS = [
  'retry',
  'check-identity',
  'other-method',
  'pending',
  'cancelled',
  'settings',
  'ops',
  'later',
  'cool-down',
  'fetch-code',
] as const satisfies readonly (Exclude<FaceAction, 'grant'> | 'fetch-code')[]

/** What the patient is told, and what the page does next. */
export const faceAdviceSchema = z.object({
  zh: z.string().describe('说给患者听：发生了什么、接下来怎么办'),
  action: z
    .enum(ACTIONS)
    .describe('页面接下来做什么；fetch-code 表示核验已通过，重新取得 wechatCode 后再结算'),
  retry: z.boolean().describe('可以立刻再核验一次'),
  judged: z.boolean().describe('已经比对过人脸或身份，计入当天次数'),
})
export type FaceAdvice = z.infer<typeof faceAdviceSchema>

const advice = (action: FaceAdvice['action'], zh: string, kind: Partial<FaceAdvice> = {}): FaceAdvice => ({
  ...{ zh, action, retry: false, judged: false },
  ...kind,
})

export const FETCH_CODE = advice('fetch-code', '核验已通过，正在取得微信授权。')
/** The platform was told, and did not answer: a fresh code may tell it again. */
export const NOT_CONFIRMED = advice(
  'fetch-code',
  '核验已通过，但平台没有确认收到。请再试一次，或换一种方式验证。',
)
export const PLATFORM_REFUSED = advice(
  'other-method',
  '平台没有接受这次核验，请换一种验证方式，或到医院窗口办理。',
  { judged: true },
)
export const NOT_THE_PERSON = advice(
  'other-method',
  '没有通过国家网络身份认证，请换一种验证方式，或到医院窗口办理。',
  { judged: true },
)
export const EXPIRED = advice('retry', '这次核验超过了保留时间，请重新开始。', { retry: true })
export const STILL_ASKING = adviceOf(10005)

/** The advice of a stored `verify_ret`, or of the errcode that ended a check; their ranges do not meet. */
export function adviceOf(code: number): FaceAdvice {
  const known = FACE_RESULTS.some((row) => row.code === code)
  const { zh, action, retry, countsAsAttempt } = known ? faceResult(code) : faceErrorAdvice(String(code))
  // A pass needs no advice; this is asked of what did not pass.
  return { zh, action: action === 'grant' ? 'ops' : action, retry, judged: countsAsAttempt }
}
