/** Words that several pages and the shared components use. Page texts have a file of their own beside this. */
export const commonTexts = {
  appName: '掌医',
  back: '返回',
  backHome: '返回首页',
  retry: '再试一次',
  busy: '正在处理…',
  loading: '正在加载…',
  bigText: '切换大字版',
  normalText: '换回普通版',
  tooSmall: '字太小？',
  needPrefix: '需补充 · ',
  choose: '请选择',
  phonePrefix: '电话 ',
  callHospital: '打电话问医院',
  trace: '追踪号',
  notePrefix: { info: '提示：', warn: '注意：', bad: '有问题：', ok: '完成：' },
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
} as const

/** Errors that arise on the phone itself; those of the server bring their own Chinese text. */
export const requestTexts = {
  NETWORK: '网络不通，请检查网络后再试。',
  TIMEOUT: '等待超时，请稍后再试。',
  BAD_RESPONSE: '服务暂时异常，请稍后再试。',
} as const

export const webViewTexts = {
  refusedTitle: '这个网页不能打开',
  refusedWhat: '为保护您的信息，只能打开医院登记过的网页。',
  pageTitle: '身份验证',
} as const

export const cardPluginTexts = {
  pageTitle: '电子健康卡',
  what: '请从首页开始领取电子健康卡。',
} as const
