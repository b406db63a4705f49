/** Words that several pages and the shared components use. Page texts have a file of their own beside this. */
export const commonTexts = {
  appName: '掌医',
  back: '返回',
  backHome: '返回首页',
  retry: '再试一次',
  loadFailed: '页面没有加载出来',
  busy: '正在处理…',
  loading: '正在加载…',
  bigText: '切换大字版',
  normalText: '换回普通版',
  tooSmall: '字太小？',
  needPrefix: '需补充 · ',
  choose: '请选择',
  phonePrefix: '电话 ',
  callHospital: '打电话问医院',
  counterPrefix: '窗口：',
  counterTitle: '到窗口办理',
  counterBring: '请带上就诊人的证件原件；孩子由监护人带上户口簿或出生证明。',
  trace: '追踪号',
  notePrefix: { info: '提示：', warn: '注意：', bad: '有问题：', ok: '完成：' },
  today: '今天',
  tomorrow: '明天',
  dayOf: (month: number, date: number) => `${month}月${date}日`,
  stepDone: '已完成',
  stepNow: '进行中',
  stepLater: '未开始',
  stepFailed: '没有成功',
} as const

export const cardTexts = {
  issuer: '电子健康卡 · 国家卫生健康委员会监制',
  numberPrefix: '卡号 ',
  verified: '已验证',
  unverified: '未验证',
  visitCardOf: (hospital: string) => `就诊卡 · ${hospital}`,
  visitCard: (tail: string) => `就诊卡 ${tail}`,
  defaultPatient: '默认就诊人',
  linked: '健康卡已关联',
  offeredLater: '健康卡待补领',
  none: '没有健康卡',
} as const

/** Errors that arise on the phone itself; those of the server bring their own Chinese text. */
export const requestTexts = {
  NETWORK: '网络不通，请检查网络后再试。',
  TIMEOUT: '等待超时，请稍后再试。',
  BAD_RESPONSE: '服务暂时异常，请稍后再试。',
  CANNOT_OPEN: '下一步的页面没有打开，请再试一次。',
  NO_WECHAT_CODE: '没有取得微信授权。可以再试一次，也可以到窗口办理。',
  SLOW: '医院系统有点慢，请稍后再看。',
  FACE_CANCELLED: '人脸核验没有做完。可以再试一次，也可以换一种方式。',
  STILL_UNKNOWN: '还是没有查到结果。请过几分钟再查一次，或用其他办法。',
  NO_FLOW: '没有找到这次办理。请从首页重新开始。',
  CANNOT_PAY: '这里打不开微信支付，没有扣款。请在微信里打开医院的公众号或小程序再付款。',
  CANNOT_RECEIVE:
    '这里打不开微信的确认收款，钱还没有到账。请把微信更新到最新版本，或在手机微信里进入医院的小程序，打开「我的退款」再收款。',
} as const

export const webViewTexts = {
  refusedTitle: '这个网页不能打开',
  refusedWhat: '为保护您的信息，只能打开医院登记过的网页。',
  pageTitle: '身份验证',
} as const

export const cardPluginTexts = {
  pageTitle: '电子健康卡',
  working: '正在取得微信授权…',
  what: '电子健康卡平台需要知道您是谁。',
  askTitle: '请允许电子健康卡使用您的微信',
  askWhat: '点下面的按钮，在弹出的窗口里选「允许」。只需要一次。',
  ask: '去授权',
  failedTitle: '没有取得微信授权',
} as const
