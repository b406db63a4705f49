/**
 * How a page offers it: `pass`, `usual` (what people really meet), `other`, and `legacy` for what only the first
 * version of the interface knew.
 */
export type FaceGroup = 'pass' | 'usual' | 'other' | 'legacy'

export interface FaceResult {
  readonly code: number
  readonly zh: string
  readonly group: FaceGroup
}

const table = (group: FaceGroup, rows: Readonly<Record<number, string>>): FaceResult[] =>
  Object.entries(rows).map(([code, zh]) => ({ code: Number(code), zh, group }))

export const PASSED = 10000
export const NOT_SAME_PERSON = 10004
export const NOT_FINISHED = 10300
export const CANCELLED = 90002

/** Every `verify_ret` that is publicly known. 10300 is not in it: nobody can choose not to have finished. */
export const FACE_RESULTS: readonly FaceResult[] = [
  ...table('pass', { 10000: '本人，通过' }),
  ...table('usual', {
    10004: '不是本人',
    10003: '姓名与身份证号不一致',
    10012: '人脸比对失败',
    10010: '照片质量不好',
    10026: '权威库里没有这个人',
    10042: '太频繁',
    90001: '手机不支持',
    90008: '没有摄像头权限',
    90007: '网络不好',
    90017: '识别超时',
  }),
  ...table('other', {
    10001: '参数错误',
    10002: '人脸特征提取失败',
    10005: '还在检测',
    10006: 'appid 没有权限',
    10007: '后台取图失败',
    10008: '后台系统失败',
    10013: '后台处理失败',
    10014: '后台存储失败',
    10015: '后台图像失败',
    10016: '后台服务失败',
    10017: '证件号不合法',
    10018: '缺少用户信息',
    10020: '认证超时',
    10021: '重复请求，返回上一次结果',
    10029: '请求超时',
    10040: '不是 UTF-8',
    10041: '用户不合法',
    10045: '后台系统异常',
    10052: '超时',
    90002: '在说明页取消',
    90003: '在准备时取消',
    90004: '在识别时取消',
    90005: '在上传时取消',
    90006: '退出页面，取消',
    90009: '没有麦克风权限',
    90010: '没有摄像头和麦克风权限',
    90011: '采集的数据无效',
    90012: '上传时网络错误',
    90013: '采集的图像无效',
    90014: '采集的视频无效',
    90018: '客户端系统错误',
    90104: '配置获取失败',
    90105: '信息确认失败',
    90106: '摄像头打开失败',
    90107: '检测超时',
    90109: '设备不支持',
    90110: '协议获取失败',
    90199: '客户端系统异常',
  }),
  ...table('legacy', {
    10009: '库中无此人（旧版）',
    10022: '重复请求（旧版）',
    10027: '语音识别失败（旧版）',
    10028: '唇动检测失败（旧版）',
    10031: '账号没有昵称（旧版）',
    10057: '次数超限（旧版）',
    10066: '重复的核身编号（旧版）',
    10069: '活体检测不可用（旧版）',
    90100: '用户取消（旧版）',
    90101: '用户未授权（旧版）',
    90102: '组件错误（旧版）',
    90103: '上传错误（旧版）',
  }),
]

export function faceResult(code: number): FaceResult | undefined {
  return FACE_RESULTS.find((one) => one.code === code)
}

/** The user left on purpose, at whatever step. */
export function isCancelled(code: number): boolean {
  return (code >= 90002 && code <= 90006) || code === 90100
}
