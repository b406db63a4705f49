/** Every errcode that this simulator answers, with WeChat's message and what it means here. */
export const ERRCODES = {
  '-1': { errmsg: 'system error', zh: '系统繁忙' },
  40001: {
    errmsg: 'invalid credential, access_token is invalid or not latest',
    zh: 'access_token 无效或不是最新',
  },
  40002: { errmsg: 'invalid grant_type', zh: 'grant_type 不对' },
  40003: { errmsg: 'invalid openid', zh: 'openid 不属于这个 appid' },
  40013: { errmsg: 'invalid appid', zh: 'appid 不存在' },
  40014: { errmsg: 'invalid access_token', zh: 'access_token 格式不对' },
  40029: { errmsg: 'invalid code', zh: 'code 无效、过期或属于别的 appid' },
  40036: { errmsg: 'invalid template_id size', zh: '模板编号长度不对' },
  40037: { errmsg: 'invalid template_id', zh: '没有这个模板，或已被删除' },
  40066: { errmsg: 'invalid url', zh: '没有这个接口' },
  40097: { errmsg: 'invalid args', zh: '参数不对' },
  40125: { errmsg: 'invalid appsecret', zh: '密钥不对' },
  40129: { errmsg: 'invalid scene', zh: 'scene 里有不允许的字符' },
  40163: { errmsg: 'code been used', zh: 'code 已用过' },
  40164: { errmsg: 'invalid ip, not in whitelist', zh: '调用方 IP 不在白名单' },
  40165: { errmsg: 'invalid weapp pagepath', zh: '小程序页面路径不对' },
  40169: {
    errmsg: 'invalid length for scene, or the data is not json string',
    zh: 'scene 长度不对，或不是 JSON',
  },
  40212: { errmsg: 'invalid query', zh: 'query 不对' },
  40226: { errmsg: 'code blocked', zh: '高风险用户，登录被拦截' },
  41001: { errmsg: 'access_token missing', zh: '没有带 access_token' },
  41002: { errmsg: 'appid missing', zh: '没有带 appid' },
  41004: { errmsg: 'appsecret missing', zh: '没有带密钥' },
  41008: { errmsg: 'missing code', zh: '没有带 code' },
  41030: { errmsg: 'invalid page', zh: '页面没有发布' },
  42001: { errmsg: 'access_token expired', zh: 'access_token 已过期' },
  43004: { errmsg: 'require subscribe', zh: '用户没有关注公众号' },
  43019: { errmsg: 'require remove blacklist', zh: '用户在公众号的黑名单里' },
  43101: { errmsg: 'user refuse to accept the msg', zh: '用户拒收，或订阅次数已用完' },
  43116: { errmsg: 'template not available for this category', zh: '类目不符，模板不能用' },
  44002: { errmsg: 'empty post data', zh: 'POST 内容为空' },
  45009: { errmsg: 'reach max api daily quota limit', zh: '今天的次数用完了' },
  45011: {
    errmsg: 'api minute-quota reach limit, must slower, retry next minute',
    zh: '太频繁，下一分钟再试',
  },
  45109: { errmsg: 'api has been revoked', zh: '接口已下线' },
  47001: { errmsg: 'data format error', zh: 'JSON 解析不了' },
  47003: { errmsg: 'argument invalid!', zh: '模板字段的值不合规则' },
  48001: { errmsg: 'api unauthorized', zh: '没有这个接口的权限' },
  84001: { errmsg: 'invalid identify id', zh: '核身编号无效：不匹配、过期或已用过' },
  84006: { errmsg: 'cert name or cert no is empty', zh: '姓名或证件号为空' },
  85401: { errmsg: 'time limit between 1min and 30day', zh: '有效期须在 1 分钟到 30 天之间' },
} as const

export type Errcode = keyof typeof ERRCODES

/** A call that WeChat refuses; answered with HTTP 200 and the errcode. */
export class WeixinRefusal extends Error {
  readonly errcode: number

  constructor(errcode: number, detail = '') {
    const known = (ERRCODES as Readonly<Record<string, { readonly errmsg: string }>>)[String(errcode)]
    super([known?.errmsg ?? 'simulated error', detail].filter(Boolean).join(' '))
    this.errcode = errcode
  }
}
