/** What the app does next with a face result that is not a pass. */
export type FaceAction =
  | 'grant'
  /** A new verification at once, with the text as advice. */
  | 'retry'
  /** Name and number are to be checked or entered again. */
  | 'check-identity'
  /** Another way of verification, or the counter. */
  | 'other-method'
  /** No result yet: query again a few times, a moment apart. */
  | 'pending'
  /** The patient stopped. */
  | 'cancelled'
  /** Camera or microphone is not allowed. */
  | 'settings'
  /** Our integration or configuration is wrong: tell an operator, send the patient another way. */
  | 'ops'
  /** The other side has trouble: some minutes later. */
  | 'later'
  /** Too often: a longer pause. */
  | 'cool-down'

export interface FaceRow {
  /** `verify_ret`. */
  readonly code: number
  /** For the patient: what happened and what to do next. */
  readonly zh: string
  readonly action: FaceAction
  /** Whether the patient may start a new verification at once. */
  readonly retry: boolean
  /** Whether a face or an identity was judged, so that it counts towards the limit of attempts. */
  readonly countsAsAttempt: boolean
}

export interface FaceResult extends FaceRow {
  readonly passed: boolean
}

/** The only code that is a pass. */
export const FACE_PASSED = 10000

const PHOTO = '没有拍清面部，请到光线均匀处，摘下口罩、帽子和墨镜，正对屏幕再试一次。'
const OPS = '人脸核身服务暂时不可用，请换一种验证方式，或到医院窗口办理。'
const BACKEND = '微信人脸核身服务繁忙，请过几分钟再试，或换一种验证方式。'
const TIMEOUT = '验证超时，请检查网络后再试一次。'
const SOURCE = '未能核实该身份信息，请换一种验证方式，或到医院窗口办理。'
const NETWORK = '网络不稳定，请检查网络后再试一次。'
const DEVICE = '这台手机不支持人脸核身，请换一部手机、换一种验证方式，或到医院窗口办理。'
const CANCELLED = '您已取消人脸核身。需要继续时，请重新开始验证。'
const CAPTURE = '没有采集到有效的画面，请保持面部在框内，再试一次。'
const SLOW = '识别超时，请按提示完成动作，再试一次。'
const CLIENT = '微信运行异常，请重启或更新微信后再试一次。'
const LIVENESS = '未能完成动作或读数检测，请按屏幕提示再试一次。'

type Kind = Pick<FaceRow, 'action' | 'retry' | 'countsAsAttempt'>
const kind = (action: FaceAction, retry: boolean, countsAsAttempt = false): Kind => ({
  ...{ action, retry, countsAsAttempt },
})
const RETRY = kind('retry', true)
const RETRY_COUNTED = kind('retry', true, true)
const rows = (zh: string, of: Kind, ...codes: readonly number[]): FaceRow[] =>
  codes.map((code) => ({ code, zh, ...of }))

/** Every `verify_ret` that is known, those of version 1 included: old clients and old records still show them. */
export const FACE_RESULTS: readonly FaceRow[] = [
  ...rows('验证通过。', kind('grant', false, true), FACE_PASSED),
  // Bad parameter, illegal id, illegal user, user info missing, not UTF-8: defects of an integration.
  ...rows(OPS, kind('ops', false), 10001, 10017, 10018, 10040, 10041),
  ...rows(PHOTO, RETRY_COUNTED, 10002, 10010, 10012),
  ...rows('姓名与身份证号不一致，请核对后再试。', kind('check-identity', false, true), 10003),
  ...rows(
    '没有通过比对：请检查基本信息是否与人脸识别为同一人，摘下口罩、帽子和墨镜后再试一次。',
    RETRY_COUNTED,
    10004,
  ),
  ...rows('正在核验，请稍候。', kind('pending', false), 10005),
  ...rows(OPS, kind('ops', false), 10006),
  ...rows(BACKEND, kind('later', false), 10007, 10008, 10013, 10014, 10015, 10016, 10045),
  ...rows(TIMEOUT, RETRY, 10020, 10029, 10052),
  // A repeated request: WeChat is about to give the result of the first one.
  ...rows('正在读取上一次的验证结果，请稍候。', kind('pending', false), 10021, 10022),
  // Not in the authoritative source.
  ...rows(SOURCE, kind('other-method', false, true), 10009, 10026),
  ...rows('验证次数太多，请过一段时间再试，或换一种验证方式。', kind('cool-down', false), 10042),
  ...rows('还没有完成人脸核身，请继续完成验证。', kind('pending', false), 10300),
  ...rows(DEVICE, kind('other-method', false), 90001, 90109),
  ...rows(CANCELLED, kind('cancelled', true), 90002, 90003, 90004, 90005, 90006),
  ...rows(NETWORK, RETRY, 90007, 90012),
  ...rows('请在手机设置里允许微信使用摄像头，再重新开始验证。', kind('settings', true), 90008),
  ...rows('请在手机设置里允许微信使用麦克风，再重新开始验证。', kind('settings', true), 90009),
  ...rows('请在手机设置里允许微信使用摄像头和麦克风，再重新开始验证。', kind('settings', true), 90010),
  ...rows(CAPTURE, RETRY, 90011, 90013, 90014),
  ...rows(SLOW, RETRY, 90017, 90107),
  ...rows(CLIENT, RETRY, 90018, 90104, 90105, 90106, 90110, 90199),
  // Version 1 only, from here on.
  ...rows(LIVENESS, RETRY_COUNTED, 10027, 10028),
  ...rows('请先在微信里设置昵称，再重新开始验证，或换一种验证方式。', kind('settings', true), 10031),
  ...rows('今天的验证名额已用完，请明天再试，或换一种验证方式。', kind('cool-down', false), 10057),
  ...rows('这次验证已失效，请重新开始验证。', RETRY, 10066),
  ...rows(BACKEND, kind('later', false), 10069),
  ...rows(CANCELLED, kind('cancelled', true), 90100),
  ...rows('您没有同意使用人脸核身。请同意后重新开始验证，或换一种验证方式。', kind('settings', true), 90101),
  ...rows(CLIENT, RETRY, 90102),
  ...rows(NETWORK, RETRY, 90103),
]

const BY_CODE = new Map(FACE_RESULTS.map((row) => [row.code, row]))

/** The row of a `verify_ret`; of one that nobody knows: not a pass, an operator looks, the patient goes another way. */
export function faceResult(code: number): FaceResult {
  const row = BY_CODE.get(code) ?? { code, zh: OPS, ...kind('ops', false) }
  return { ...row, passed: code === FACE_PASSED }
}
