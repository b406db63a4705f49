import type { Purpose } from '../api/purposes.ts'
import type { VerifyReason, VerifyWay } from '../api/verification-types.ts'

const purposeNames: Readonly<Record<Purpose, string>> = {
  'lab-report': '检验报告',
  'examination-report': '检查报告',
  'check-up-report': '体检报告',
  'inpatient-list': '住院清单',
  prescription: '处方',
  diagnosis: '诊断记录',
  'personal-data': '个人信息',
  'card-code': '电子健康卡二维码',
}

export const confirmTexts = {
  pageTitle: '确认就诊人',
  h1: (purpose: Purpose) => `${purpose === 'card-code' ? '出示' : '查看'}谁的${purposeNames[purpose]}？`,
  why: (purpose: Purpose) =>
    purpose === 'card-code'
      ? '出示前由电子健康卡平台确认是否需要验证身份。没有验证成功也能出示就诊卡码。'
      : `${purposeNames[purpose]}属于个人隐私，只给本人和本人同意的家人看，所以要先验证身份。`,
  switch: '换一位就诊人',
  switchWhat: '换人后需要重新验证身份',
  choose: '选择就诊人',
  line: (idType: string, idNumber: string) => `${idType} ${idNumber}`,
  go: '确认，去验证身份',
  working: '正在准备身份验证…',
  workingWhat: '下一步在国家电子健康卡平台的页面上验证。',
  cardCodeWorking: '正在准备电子健康卡…',
  cardCodeWorkingWhat: '由电子健康卡平台确认是否需要验证身份。',
  consentNeeded: '需要您先同意使用个人信息，才能验证身份。',
  consent: '去查看并同意',
  visitCardFirst: '先出示就诊卡码',
  visitCardFirstWhat: '不用验证，到窗口和自助机都能用',
  noPatientTitle: '还没有就诊人',
  noPatientWhat: '先领取电子健康卡或添加就诊人，再来查看。',
  claim: '领取电子健康卡',
  failedTitle: '还不能开始验证',
} as const

export const verifyReturnTexts = {
  pageTitle: '确认验证结果',
  working: '正在确认验证结果…',
  workingWhat: '请不要关闭页面，一般几秒钟就好。',
  slowTitle: '验证结果还没有到',
  slowWhat: '不用重新验证，可以再看一次结果，也可以稍后回来。',
  lookAgain: '再看一次结果',
  failedTitle: '没有确认成功',
  again: '重新验证',
} as const

export const verifyWaysTexts: {
  readonly pageTitle: string
  readonly reasons: Readonly<Record<VerifyReason, { readonly title: string; readonly what: string }>>
  readonly ways: Readonly<Record<VerifyWay, { readonly title: string; readonly what: string }>>
  readonly recommended: string
  readonly familyHelp: string
} = {
  pageTitle: '继续办理',
  reasons: {
    failed: {
      title: '这次没有验证成功',
      what: '可能光线较暗、没有正对手机，或中途退出。看病不受影响，您可以：',
    },
    'no-page': {
      title: '平台没有给出验证页面',
      what: '不是您的操作问题。可以换一种方式查看：',
    },
    'platform-unavailable': {
      title: '身份验证平台连不上',
      what: '不是您的操作问题。看病不受影响，您可以：',
    },
    'platform-refused': {
      title: '身份验证平台没有受理',
      what: '可能档案里的姓名或证件号码与平台的不一致。您可以：',
    },
    'result-unknown': {
      title: '验证结果还没有查到',
      what: '您可能已经验证成功，不用急着重新验证。您可以：',
    },
    'no-resident-id': {
      title: '您的证件不需要人脸验证',
      what: '人脸验证只用于居民身份证。请用下面的方式查看：',
    },
    'too-many-attempts': {
      title: '今天验证的次数用完了',
      what: '为保护您的信息，明天可以再试。今天您可以：',
    },
    expired: {
      title: '这次验证已经过期',
      what: '每次验证有时间限制，请重新验证。您可以：',
    },
  },
  ways: {
    retry: { title: '再试一次', what: '摘下口罩，面向亮处，重新验证' },
    'check-again': { title: '再查一次结果', what: '不用重新做人脸验证' },
    'phone-code': { title: '用短信验证码', what: '身份证号后四位，加医院登记手机上的验证码' },
    'card-phone-code': { title: '用就诊卡和短信验证码', what: '就诊卡号，加医院登记手机上的验证码' },
    'visit-card-code': { title: '出示就诊卡码', what: '不用验证，到窗口和自助机都能用' },
    family: { title: '请家人代为验证', what: '在家人的微信里完成，约 3 分钟' },
    'self-service': { title: '到自助机查询打印', what: '' },
    counter: { title: '到窗口办理', what: '' },
    phone: { title: '打电话问医院', what: '' },
  },
  recommended: '推荐',
  familyHelp:
    '请家人用自己的微信打开本医院的公众号或小程序，把您添加为就诊人，再打开同一个页面，在验证页选“家人代验证”并按提示完成。通过后，在家人的手机上就能查看。',
}

export const verifyCodeTexts = {
  pageTitle: '短信验证',
  h1: (name: string) => `查看${name}的信息`,
  limits: '用这种方式通过后，能查看的时间比较短，只能看，不能修改信息，也不能退款。',
  lastFour: '身份证号后四位',
  lastFourHint: '就诊人身份证号的最后四位，末位是 X 的也要填',
  visitCard: '就诊卡号',
  visitCardHint: '就诊卡正面的号码，或缴费单上的卡号',
  code: '短信验证码',
  codeHint: '发到就诊人在医院登记的手机',
  get: '获取验证码',
  getAgain: '重新获取验证码',
  wait: (seconds: number) => `${seconds} 秒后可以重新获取`,
  sent: (phone: string, until: string) => `验证码已发到 ${phone}，请在 ${until} 前填写。`,
  phoneWrong: '手机号已经换了？请带证件到窗口修改，再来查看。',
  submit: '确认查看',
  other: '换一种方式',
  otherWhat: '返回其他办法',
  problems: {
    lastFour: '请填写身份证号的最后四位',
    visitCard: '请填写就诊卡号',
    code: '请填写短信里的验证码',
    codeFirst: '请先点「获取验证码」，再填写收到的数字',
  },
} as const
