/** Who can mend it decides the text: `zh` tells the patient what to do next, `en` tells the developer what happened. */
export interface CatalogueEntry {
  readonly status: number
  readonly zh: string
  readonly en: string
}

/** Every error that our HTTP interface answers with. `docs/reference/errors.md` is generated from this table. */
export const CATALOGUE = {
  'bad-input': {
    status: 400,
    zh: '有信息需要修改，请看标出的项目。',
    en: 'Input failed validation; `fields` names each problem.',
  },
  'not-signed-in': { status: 401, zh: '登录已过期，请重新进入。', en: 'No valid session.' },
  'foreign-origin': {
    status: 403,
    zh: '请求来源不正确，请从医院页面重新进入。',
    en: 'Origin of a state-changing request is not ours.',
  },
  'signature-refused': {
    status: 401,
    zh: '请求的签名没有通过，请核对密钥、时间和签名的写法。',
    en: 'The X-Zhangyi-* headers of a system that pushes are missing, old, used or wrong.',
  },
  'operator-not-signed-in': {
    status: 401,
    zh: '请先登录运营后台。',
    en: 'No valid operator session.',
  },
  'operator-refused': {
    status: 401,
    zh: '登录名或口令不对，请核对后再试。',
    en: 'Wrong login name or password, or the account waits or is disabled (then `zh` says so); counted as a try.',
  },
  'operator-locked': {
    status: 423,
    zh: '试错太多次，这个账号暂时锁定，请过 15 分钟再试。',
    en: 'Too many wrong passwords or codes; a security administrator can unlock it.',
  },
  'operator-forbidden': {
    status: 403,
    zh: '您的角色不能做这件事，需要时请系统管理员调整。',
    en: 'The role does not have the permission; see the table of permissions.',
  },
  'account-refused': {
    status: 409,
    zh: '这个账号现在不能这样处理，请刷新后再看。',
    en: 'The account is in another state, or is the own one; `zh` says which.',
  },
  'export-refused': {
    status: 409,
    zh: '这份导出现在不能这样处理，请刷新后再看。',
    en: 'Too many exports of this account are not finished, or the file is not there (yet, or any more); `zh` says which.',
  },
  'requery-refused': {
    status: 409,
    zh: '只有查询可以重新查，办理类的调用不能从这里再发。',
    en: 'The call is not a query that may be sent again: the list of those is in `platform/call-log/requery`.',
  },
  'key-refused': {
    status: 409,
    zh: '密钥没有换，原来的还在用。',
    en: 'The gateway may not write the file of the key, or another hospital uses it too; `zh` says which and what to do.',
  },
  'job-refused': {
    status: 409,
    zh: '这个任务不在失败状态，可能已经重做过，请刷新后再看。',
    en: 'Only a failed job can be done again.',
  },
  'refund-closed': {
    status: 409,
    zh: '现在不能办理退款，请稍后再试，或到窗口办理。',
    en: 'This way of refunding is closed: by configuration, hours or the stop switch.',
  },
  'refund-refused': {
    status: 409,
    zh: '这笔退款没有受理，请按提示处理，或到窗口办理。',
    en: 'The application does not fit the rules; `zh` says which.',
  },
  'refund-not-yours': {
    status: 404,
    zh: '没有找到这笔退款，请在“我的退款”里重新选择。',
    en: 'The refund case belongs to another user or does not exist; recorded in the audit log.',
  },
  'not-found': {
    status: 404,
    zh: '没有找到这个页面或记录，请返回首页。',
    en: 'No such route or record for this user.',
  },
  'too-large': { status: 413, zh: '提交的内容太大，请减少后再试。', en: 'Body exceeds the limit.' },
  'too-many-requests': { status: 429, zh: '操作太频繁，请稍等一分钟再试。', en: 'Rate limit reached.' },
  internal: {
    status: 500,
    zh: '系统出了点问题，请稍后再试，或到窗口办理。',
    en: 'Unexpected failure; the trace id finds it in the log.',
  },
  'not-ready': { status: 503, zh: '系统正在启动，请稍后再试。', en: 'A start-up check has not passed.' },
  'login-refused': {
    status: 401,
    zh: '微信登录没有成功，请返回微信重新进入。',
    en: 'WeChat refused the login code or the user declined.',
  },
  'login-blocked': {
    status: 403,
    zh: '微信提示这个账号暂时不能登录，请到医院窗口办理。',
    en: 'WeChat blocks this user (errcode 40226, high risk).',
  },
  'wechat-unavailable': {
    status: 503,
    zh: '暂时连不上微信，请稍后再试。',
    en: 'WeChat login service unreachable.',
  },
  'consent-required': {
    status: 403,
    zh: '需要先阅读并同意个人信息处理说明。',
    en: 'The current consent version was not accepted.',
  },
  'patient-not-yours': {
    status: 404,
    zh: '没有找到这位就诊人，请在“就诊人”里重新选择。',
    en: 'Patient id is not linked to the session user; recorded in the audit log.',
  },
  'patient-limit': {
    status: 409,
    zh: '就诊人数量已到上限，请先解绑不再使用的就诊人。',
    en: 'The user holds the maximum number of patients.',
  },
  'flow-not-yours': {
    status: 404,
    zh: '这次建卡操作已失效，请重新开始。',
    en: 'Enrolment flow is unknown or belongs to another user; recorded in the audit log.',
  },
  'flow-expired': {
    status: 410,
    zh: '这次办理超过了保留时间，请重新开始。',
    en: 'Enrolment flow is older than its lifetime.',
  },
  'flow-wrong-step': {
    status: 409,
    zh: '这一步已经办过了，请按页面提示继续。',
    en: 'The operation does not fit the state of the flow.',
  },
  'code-refused': {
    status: 409,
    zh: '健康卡授权码已失效，请重新授权一次。',
    en: 'The platform refused a one-use code (used, expired or foreign).',
  },
  'code-outcome-unknown': {
    status: 503,
    zh: '网络中断，没能确认授权结果。请重新授权一次，不会重复建档。',
    en: 'The reply of a call that spends a one-use code was lost; never retried blindly.',
  },
  'card-platform-refused': {
    status: 409,
    zh: '电子健康卡平台没有受理，请核对信息后再试，或先办就诊卡。',
    en: 'The card platform answered with a business refusal.',
  },
  'card-platform-unavailable': {
    status: 503,
    zh: '电子健康卡服务暂时不可用。您可以先办就诊卡，或到窗口办理。',
    en: 'The card platform is unreachable or too slow.',
  },
  'his-unavailable': {
    status: 503,
    zh: '医院系统暂时不可用，请稍后再试，或到窗口办理。',
    en: 'The HIS is unreachable or too slow.',
  },
  'his-refused': {
    status: 409,
    zh: '医院系统没有受理，请到窗口办理。',
    en: 'The HIS answered with a business refusal.',
  },
  'redirect-refused': {
    status: 403,
    zh: '这个链接不是从健康卡平台来的，请从医院首页重新开始。',
    en: 'The address to return to is not one of the card platform; recorded in the audit log.',
  },
  'face-check-refused': {
    status: 409,
    zh: '人脸核验没有开始，请稍后再试或换一种验证方式。',
    en: 'The face check could not be started or settled.',
  },
  'verification-required': {
    status: 403,
    zh: '查看前需要先验证身份。',
    en: 'No live grant of this purpose for this patient; recorded in the audit log.',
  },
  'real-person-required': {
    status: 403,
    zh: '这项操作需要本人人脸验证，请重新验证或到窗口办理。',
    en: 'The grant is a fallback one, which does not allow this.',
  },
  'verification-not-yours': {
    status: 404,
    zh: '这次验证已失效，请重新开始。',
    en: 'Verification is unknown or belongs to another user; recorded in the audit log.',
  },
  'verification-wrong-step': {
    status: 409,
    zh: '这次验证的这一步已经办过，请按页面提示继续。',
    en: 'The operation does not fit the state of the verification.',
  },
  'verification-expired': {
    status: 410,
    zh: '这次验证超过了保留时间，请重新开始。',
    en: 'Verification is older than its lifetime.',
  },
  'result-refused': {
    status: 409,
    zh: '验证结果不属于这次操作，请重新验证。',
    en: 'The registerOrderId was used by another verification; recorded in the audit log.',
  },
  'fallback-not-offered': {
    status: 403,
    zh: '这种方式现在不能用，请选择页面上的其他方式，或到窗口办理。',
    en: 'This way is switched off for the purpose, used up for today, or not open to this patient.',
  },
  'fallback-mismatch': {
    status: 409,
    zh: '输入的信息或验证码不正确，请核对后再试。',
    en: 'Digits, card number or code did not match; counted as an attempt.',
  },
  'code-expired': {
    status: 409,
    zh: '验证码已过期，请重新获取。',
    en: 'The SMS code is over its time or its tries.',
  },
  'sms-unavailable': {
    status: 503,
    zh: '短信暂时发不出去，请稍后再试，或到窗口办理。',
    en: 'The SMS gateway refused or did not answer.',
  },
  'record-not-found': {
    status: 404,
    zh: '没有找到这份报告，请返回列表重新选择。',
    en: 'The key does not open for this user and patient, or the HIS has no such report; recorded in the audit log.',
  },
  'change-under-way': {
    status: 409,
    zh: '上一次修改还在确认，请稍后再看。',
    en: 'A change of personal data with unknown outcome is not settled yet.',
  },
  'payment-unavailable': {
    status: 503,
    zh: '暂时打不开微信支付，没有扣款，请稍后再试。',
    en: 'The hospital takes no money here, or WeChat Pay did not answer usably; the same bytes are sent again on a retry.',
  },
  'payment-refused': {
    status: 409,
    zh: '这笔支付没有办法进行，请返回查看订单状态，或到窗口办理。',
    en: 'Already paid, another payment is open, or WeChat Pay refused the order.',
  },
  'payment-closed': {
    status: 410,
    zh: '这笔支付已经超过时间或已取消，请重新开始。',
    en: 'The payment order is closed, being closed, or past its time.',
  },
  'slot-taken': {
    status: 409,
    zh: '这个号已经没有了，请另选一个时间或医生。',
    en: 'The HIS keeps no place in this slot: full, over, or withdrawn.',
  },
  'too-many-unpaid': {
    status: 409,
    zh: '您还有没付款的号，请先在“挂号记录”里付款或放弃，再挂新的号。',
    en: 'The user holds as many unpaid slots as `visits.maxUnpaid` allows.',
  },
  'bills-changed': {
    status: 409,
    zh: '费用有变化，请返回待缴费用重新选择。',
    en: 'A chosen bill is not pending at the HIS any more.',
  },
  'order-under-way': {
    status: 409,
    zh: '这个号或这笔费用已有一个没办完的订单，请先在“挂号记录”或“缴费”里打开它；如果是家人下的单，请在家人的手机上处理。',
    en: 'A live order holds this slot or bill of the archive.',
  },
  'order-not-yours': {
    status: 404,
    zh: '没有找到这个订单，请从“挂号记录”或“缴费”里重新打开。',
    en: 'Visit order is unknown or belongs to another user; recorded in the audit log.',
  },
  'order-wrong-step': {
    status: 409,
    zh: '这一步现在不能办，请刷新订单，按页面提示继续。',
    en: 'The operation does not fit the state of the visit order.',
  },
  'order-expired': {
    status: 410,
    zh: '付款时间已过，没有收费，请重新下单。',
    en: 'The time to pay for the visit order is over.',
  },
  'cancel-refused': {
    status: 409,
    zh: '这个号现在不能在网上退，可能已就诊或已过退号时间，请到窗口办理。',
    en: 'The HIS does not cancel the appointment any more.',
  },
  'offline-closed': {
    status: 403,
    zh: '医院暂时不在手机上接受线下退款申请，请到窗口办理。',
    en: 'The hospital has `refunds.offline.open` off.',
  },
  'offline-not-yours': {
    status: 404,
    zh: '没有找到这份申请或材料，请从“我的退款”里重新打开。',
    en: 'Offline application or document is unknown or belongs to another user; recorded in the audit log.',
  },
  'offline-wrong-step': {
    status: 409,
    zh: '这一步现在不能办，请刷新申请，按页面提示继续。',
    en: 'The operation does not fit the state of the offline application, or somebody was faster.',
  },
  'offline-limit': {
    status: 409,
    zh: '申请或材料的数量已到上限，请先办完手上的，或到窗口办理。',
    en: 'The user holds as many offline applications, or the application as many documents, as are allowed.',
  },
  'documents-missing': {
    status: 409,
    zh: '材料还不全，请按说明上传后再提交。',
    en: 'Documents that the reason asks for are missing; `fields` names each.',
  },
  'second-person-required': {
    status: 409,
    zh: '这个金额要由另一个人复核，请换一位同事操作。',
    en: 'Whoever proposed it cannot approve it.',
  },
} as const satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof CATALOGUE

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

export interface AppErrorDetails {
  readonly fields?: readonly FieldProblem[]
  /** A clearer text for this very case; must hold no personal data. */
  readonly zh?: string
  readonly cause?: unknown
}

/** The one error that operations throw on purpose. Its message is for developers and holds no personal data. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly fields: readonly FieldProblem[]
  readonly zh: string

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(CATALOGUE[code].en, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.fields = details.fields ?? []
    this.zh = details.zh ?? CATALOGUE[code].zh
  }

  get status(): number {
    return CATALOGUE[this.code].status
  }
}

export function badInput(...fields: readonly FieldProblem[]): AppError {
  return new AppError('bad-input', { fields })
}
