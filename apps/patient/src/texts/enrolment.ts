import type { Reason, Way } from '../api/types.ts'

export const startTexts = {
  pageTitle: '领取电子健康卡',
  working: '正在打开电子健康卡平台…',
  workingWhat: '下一步在国家电子健康卡平台的页面上办理。',
  failedTitle: '还不能开始办理',
  patients: '去管理就诊人',
  patientsWhat: '解绑不再使用的就诊人，再添加新的',
} as const

export const returnTexts = {
  pageTitle: '确认办理结果',
  working: '正在确认办理结果…',
  workingWhat: '请不要关闭页面，一般几秒钟就好。',
  slowTitle: '医院系统有点慢',
  slowWhat: '您的信息已经收到，不用重新填写。可以再看一次结果，也可以稍后回来。',
  lookAgain: '再看一次结果',
  failedTitle: '没有确认成功',
} as const

export const chooseTexts = {
  pageTitle: '选择院内档案',
  h1: (count: number, isSelf: boolean) => `医院里有 ${count} 份${isSelf ? '您' : '这位就诊人'}的档案`,
  what: '请对照就诊卡，选出正在使用的一份。',
  person: (name: string, idNumber: string) => `${name}，${idNumber}`,
  visitCard: (tail: string) => `就诊卡 ${tail}`,
  noVisitCard: '没有就诊卡号的档案',
  lastVisit: (day: string) => `最近就诊 ${day}`,
  noVisit: '没有就诊记录',
  submit: '使用这份档案',
  none: '都不是我的',
  noneWhat: '请带身份证到窗口核对，或打电话问医院',
  pickFirst: '请先选出一份档案。',
} as const

export const doneTexts = {
  pageTitle: '办理完成',
  linkedTitle: '电子健康卡已经关联好了',
  pendingTitle: '医院档案已经建好',
  visitCardTitle: '就诊卡已经办好',
  canTitle: '现在可以',
  can: ['在医院挂号、缴费时使用这份档案', '到医院出示证件或就诊卡就医'],
  canLinked: ['在医院挂号、缴费时使用这份档案', '到医院出示电子健康卡就医'],
  laterTitle: '电子健康卡稍后补领',
  laterWhat: '电子健康卡平台暂时有故障，档案不受影响。平台恢复后，在首页点「补领电子健康卡」。',
  unverified: '还没有验证身份：暂时不能看报告和退款。以后在首页点「补领电子健康卡」验证即可。',
  unverifiedWithCard: '这张证件还没有验证身份：可以挂号缴费；看报告和退款请带证件原件到窗口。',
  home: '返回首页',
  addAnother: '再添加一位就诊人',
} as const

export const waysTexts: {
  readonly pageTitle: string
  readonly reasons: Readonly<Record<Reason, { readonly title: string; readonly what: string }>>
  readonly ways: Readonly<Record<Way, { readonly title: string; readonly what: string }>>
  readonly retryVerify: string
  readonly recommended: string
  readonly familyHelp: string
} = {
  pageTitle: '继续办理',
  reasons: {
    'verify-failed': {
      title: '这次没有验证成功',
      what: '可能光线较暗、没有正对手机，或中途退出。看病不受影响，您可以：',
    },
    'platform-unavailable': {
      title: '电子健康卡平台连不上',
      what: '不是您的操作问题。看病不受影响，您可以：',
    },
    'platform-refused': {
      title: '电子健康卡平台没有受理',
      what: '请核对姓名和证件号码后再试。看病不受影响，您可以：',
    },
    'code-refused': {
      title: '这次授权已经失效',
      what: '授权只能使用一次，请重新授权。您可以：',
    },
    'code-unknown': {
      title: '网络中断，没能确认结果',
      what: '重新授权一次就好，不会重复建档。您可以：',
    },
    'his-unavailable': {
      title: '医院系统暂时没有回应',
      what: '您的信息已经保存，不用重新填写。您可以：',
    },
    'his-refused': {
      title: '医院系统没有受理',
      what: '需要工作人员核对您的信息。您可以：',
    },
    'other-person': {
      title: '健康卡不是这位就诊人的',
      what: '补领时请选择这位就诊人自己的电子健康卡。您可以：',
    },
    'patient-limit': {
      title: '就诊人数量已到上限',
      what: '解绑一位不再使用的就诊人，就可以添加新的。您可以：',
    },
    expired: {
      title: '这次办理已经过期',
      what: '每次办理保留 30 分钟，请重新开始。您可以：',
    },
  },
  ways: {
    retry: { title: '再试一次', what: '重新打开平台页面办理' },
    resume: { title: '继续办理', what: '从刚才的地方接着办，不用重填' },
    'visit-card': { title: '先办就诊卡', what: '可到医院挂号缴费，暂不能看报告' },
    family: { title: '请家人代为验证', what: '在家人的微信里完成，约 3 分钟' },
    patients: { title: '管理就诊人', what: '查看或解绑已有的就诊人' },
    counter: { title: '到窗口办理', what: '' },
    phone: { title: '打电话问医院', what: '' },
  },
  retryVerify: '摘下口罩，面向亮处，重新验证',
  recommended: '推荐',
  familyHelp:
    '请家人用他们自己的微信打开本医院的公众号或小程序，点「添加就诊人」，填写您的信息，并按提示完成验证。办好后您凭证件就能看病。',
}
