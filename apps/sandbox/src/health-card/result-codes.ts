/**
 * Result codes of the simulated card platform. The real platform publishes no list: only 0 and −10044 are known
 * from its users. All others are this simulator's own (−90 000 and below), so that a client can be configured
 * with them and nobody mistakes them for Tencent's.
 */
export const RESULT_CODES = {
  success: { code: 0, zh: '成功' },
  /** Known: the province's card management is not configured for this institution. */
  partnerOrgMissing: { code: -10044, zh: 'Value for partnerOrgCode cannot be null' },

  malformed: { code: -90000, zh: '请求不是 commonIn/req 信封' },
  signInvalid: { code: -90001, zh: '签名错误' },
  tokenInvalid: { code: -90002, zh: 'appToken无效或已过期' },
  timestampOutOfRange: { code: -90003, zh: '时间戳与平台时间相差超过10分钟' },
  hospitalUnknown: { code: -90004, zh: '机构ID不存在' },
  appUnknown: { code: -90005, zh: 'appId不存在' },
  operationUnknown: { code: -90006, zh: '接口不存在' },

  fieldMissing: { code: -90010, zh: '缺少必填参数' },
  fieldInvalid: { code: -90011, zh: '参数格式错误' },
  redirectInvalid: { code: -90012, zh: '回跳地址不合法' },
  cardTypeRefused: { code: -90013, zh: '该证件类型不支持实人验证' },
  idNumberInvalid: { code: -90014, zh: '证件号码与证件类型不符' },

  wechatCodeInvalid: { code: -90020, zh: '微信身份码不存在' },
  wechatCodeUsed: { code: -90021, zh: '微信身份码已使用' },
  wechatCodeExpired: { code: -90022, zh: '微信身份码已过期' },
  healthCodeInvalid: { code: -90030, zh: '健康卡授权码不存在' },
  healthCodeUsed: { code: -90031, zh: '健康卡授权码已使用' },
  healthCodeExpired: { code: -90032, zh: '健康卡授权码已过期' },
  regInfoCodeInvalid: { code: -90040, zh: '建档信息码不存在' },
  regInfoCodeUsed: { code: -90041, zh: '建档信息码已使用' },
  regInfoCodeExpired: { code: -90042, zh: '建档信息码已过期' },
  authCodeInvalid: { code: -90050, zh: '授权码不存在' },
  authCodeUsed: { code: -90051, zh: '授权码已使用' },
  authCodeExpired: { code: -90052, zh: '授权码已过期' },

  orderNotFound: { code: -90060, zh: '验证订单不存在' },
  orderClosed: { code: -90061, zh: '验证订单已结束或已过期' },
  orderMismatch: { code: -90062, zh: '提交的信息与验证订单不一致' },
  cardNotFound: { code: -90070, zh: '健康卡不存在' },
  qrCodeInvalid: { code: -90071, zh: '二维码无效或已过期' },
} as const satisfies Record<string, { readonly code: number; readonly zh: string }>

export type ResultName = keyof typeof RESULT_CODES

/** The codes on which a client fetches a new token and tries once more. */
export const TOKEN_INVALID_CODES: readonly number[] = [RESULT_CODES.tokenInvalid.code]

/** Thrown by an operation that refuses; becomes `commonOut.resultCode` with an `rsp` of empty texts. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly result: ResultName

  constructor(result: ResultName, detail = '') {
    super(detail === '' ? RESULT_CODES[result].zh : `${RESULT_CODES[result].zh}：${detail}`)
    this.result = result
  }
}
