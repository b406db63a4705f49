/** What the sender of a message does next. */
export type MessageAction =
  /** Accepted: wait for the event that tells of the delivery. */
  | 'wait'
  /** The caller fetched another token and tried again already: send later. */
  | 'token'
  /** The openid is of another appid or gone: mark the binding as stale, use another channel. */
  | 'stale-binding'
  /** This person does not get messages here: another channel (就医助手, subscribe message, SMS). */
  | 'fall-back'
  /** The person does not want messages: none at all. */
  | 'drop'
  /** The day's number is used up: queue for tomorrow. */
  | 'tomorrow'
  /** Too many at once, or busy: again after a pause. */
  | 'later'
  /** A value does not fit its key: correct the mapping of the template. */
  | 'mapping'
  /** Template, page or permission: alert an operator. */
  | 'config-alert'

export interface MessageAdvice {
  readonly errcode: number | undefined
  readonly action: MessageAction
  /** For the operator: what is wrong and what to do. */
  readonly zh: string
}

type Row = MessageAdvice & { readonly errcode: number }
const row = (errcode: number, action: MessageAction, zh: string): Row => ({ errcode, action, zh })

const COMMON: readonly Row[] = [
  row(-1, 'later', '微信系统繁忙，稍后重发。'),
  row(0, 'wait', '微信已受理，尚未送达，等待送达结果。'),
  row(40001, 'token', '访问凭证无效，重新获取后仍被拒绝，稍后重发；持续出现请核对应用密钥。'),
  row(40014, 'token', '访问凭证无效，重新获取后仍被拒绝，稍后重发；持续出现请核对应用密钥。'),
  row(42001, 'token', '访问凭证过期，重新获取后仍被拒绝，稍后重发；持续出现请核对服务器时间。'),
  row(40003, 'stale-binding', '用户标识无效（换了公众号或已取消关注），请停用该绑定。'),
  row(40037, 'config-alert', '模板不存在或已删除，请核对模板编号与类目。'),
  row(45009, 'tomorrow', '今日发送次数已用完，明天再发。'),
  row(45011, 'later', '发送太频繁，稍后重发。'),
  row(47001, 'mapping', '请求内容格式错误，请检查模板字段配置。'),
  row(47003, 'mapping', '字段内容不符合模板要求，请按提示的字段检查模板配置。'),
  row(48001, 'config-alert', '没有该接口的权限，请在微信后台开通。'),
]

/** Of template messages of an official account. */
export const TEMPLATE_ADVICE: readonly Row[] = [
  ...COMMON,
  row(40036, 'config-alert', '模板编号长度不对，请核对模板编号。'),
  row(43004, 'fall-back', '用户没有关注公众号，改用其他方式通知。'),
  row(43019, 'drop', '用户在公众号的黑名单里，不再发送。'),
  row(43116, 'config-alert', '模板不可用（类目等原因），请在微信后台检查模板。'),
  row(45109, 'config-alert', '统一服务消息接口已下线，请改用模板消息。'),
]

/** Of subscribe messages of a mini program. */
export const SUBSCRIBE_ADVICE: readonly Row[] = [
  ...COMMON,
  row(41030, 'config-alert', '页面路径不正确或尚未发布，请核对页面。'),
  row(43101, 'fall-back', '用户没有订阅或次数已用完，改用其他方式通知。'),
]

/** Of 就医助手, whose own errcodes are not public. */
export const CHANNEL_ADVICE: readonly Row[] = COMMON

const adviser =
  (rows: readonly Row[]) =>
  (code: string | number): MessageAdvice => {
    const errcode = /^-?\d{1,9}$/.test(String(code)) ? Number(code) : undefined
    const known = rows.find((one) => one.errcode === errcode)
    if (known) return known
    return errcode === undefined
      ? { errcode, action: 'later', zh: '没有连上微信，稍后重发。' }
      : { errcode, action: 'config-alert', zh: '微信返回了未知的错误码，请联系运维人员查看。' }
  }

/** For the code of a `no` (an errcode, or `transport`: never sent). */
export const templateAdvice = adviser(TEMPLATE_ADVICE)
export const subscribeAdvice = adviser(SUBSCRIBE_ADVICE)
export const channelAdvice = adviser(CHANNEL_ADVICE)
