import type { CodeKind, FlowPerson, FlowState, Intent } from '../flow.ts'
import type { Reason } from '../flow-view.ts'
import type { Stage } from './stage.ts'

export const INTENT_NAMES: Readonly<Record<Intent, string>> = {
  register: '新用户建档',
  'bind-card': '关联健康卡',
  'add-patient': '添加就诊人',
  upgrade: '老用户补领健康卡',
}

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  'under-way': '办理中',
  stopped: '停下',
  left: '中途离开',
  done: '完成',
}

export const SOURCE_NAMES: Readonly<Record<FlowPerson['source'], string>> = {
  form: '申领表单',
  card: '电子健康卡',
  'reg-info': '卡管异常时的建档信息',
  'visit-card': '先办就诊卡（未验证）',
}

export const CODE_NAMES: Readonly<Record<CodeKind, string>> = {
  'health-code': '健康卡授权码',
  'auth-code': '申领授权码',
  'reg-info-code': '建档信息码',
}

/** What stopped it, and what the operator can do about it. */
interface ReasonWords {
  readonly name: string
  readonly advice: string
}
const AGAIN = '患者可以重新开始，也可以先办就诊卡或到窗口。'
export const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  'verify-failed': {
    name: '实人验证没有通过或放弃了',
    advice: `不用处理。${AGAIN}来电询问时，请患者带身份证到窗口。`,
  },
  'platform-unavailable': {
    name: '健康卡平台连不上或没有答复',
    advice: `在接口调用里看同一追踪号的答复。很多人同时这样，是平台或网络的故障，请联系健康卡平台。${AGAIN}`,
  },
  'platform-refused': {
    name: '健康卡平台没有受理，或给的资料不完整',
    advice:
      '在接口调用里看平台的返回码：多半是接入配置（appId、跳转地址、医院编号）不对，改好后请患者重新开始。',
  },
  'code-refused': {
    name: '授权码失效或用过了',
    advice: `授权码只能用一次，有效时间很短。不用处理，${AGAIN}`,
  },
  'code-unknown': {
    name: '换取资料时没有收到平台的答复',
    advice: `授权码可能已经用掉，系统不会再试。请患者重新授权一次，不会重复建档。`,
  },
  'his-unavailable': {
    name: '医院系统连不上或没有答复',
    advice:
      '档案可能已经在 HIS 建好。医院系统恢复后，请患者回到原来的页面点“继续”：会先查再建，不会建两份。不要在窗口另建一份。',
  },
  'his-refused': {
    name: '医院系统没有受理，或档案上是另一个姓名',
    advice: '按返回码请信息科核对 HIS 里这位患者的档案：姓名、证件号码是否一致。改好后请患者重新开始。',
  },
  'other-person': {
    name: '领到的卡不是原来那位就诊人的',
    advice: '补领健康卡要用原就诊人自己的证件。不用处理，请患者重新选择就诊人。',
  },
  'patient-limit': {
    name: '这个微信用户的就诊人已到上限',
    advice: '请患者解绑不再使用的就诊人；上限在医院配置 enrolment.maxPatients。',
  },
  expired: { name: '超过保留时间没有走完', advice: `不用处理。${AGAIN}` },
}

const STEP_NAMES: Readonly<Record<FlowState, string>> = {
  starting: '患者发起建档，向健康卡平台要授权页',
  'on-platform': '患者到了平台的页面',
  form: '患者到了申领表单',
  submitting: '提交申领信息，等平台答复',
  exchanging: '平台带着授权码回来，换取健康卡资料',
  archiving: '在医院系统里查找档案',
  'choose-archive': '查到几份档案，等患者选择',
  'complete-archive': '档案缺少信息，等患者补充',
  'creating-archive': '在医院系统里新建档案',
  done: '完成：就诊人已绑定',
  'ways-on': '停下',
}

export function stepName(state: FlowState, reason: Reason | null, code: string | null): string {
  if (state === 'ways-on' && reason !== null) return `停下：${REASON_WORDS[reason].name}`
  if (state === 'form' && code !== null) return '平台没有受理申领信息，请患者改后再交'
  return STEP_NAMES[state]
}
