import type { FacePurpose } from '../face/face-check.ts'
import type { Assurance, VoidReason } from '../grants/grant.ts'
import type { Purpose } from '../purposes.ts'
import type { Reason } from '../verification-view.ts'

export const PURPOSE_NAMES: Readonly<Record<Purpose | FacePurpose, string>> = {
  'lab-report': '检验报告',
  'examination-report': '检查报告',
  'check-up-report': '体检报告',
  'inpatient-list': '住院清单',
  prescription: '处方',
  diagnosis: '诊断',
  'personal-data': '个人信息',
  'card-code': '展码',
  refund: '退款',
  'platform-order': '健康卡平台的验证',
}

export const ASSURANCE_NAMES: Readonly<Record<Assurance, string>> = {
  'real-person': '平台验证了本人',
  proxy: '平台验证了家属或监护人',
  face: '本院人脸核验',
  trusted: '平台没有给验证页，按配置信任',
  fallback: '兜底：短信验证码',
}

export const VOID_NAMES: Readonly<Record<VoidReason, string>> = {
  'patient-switched': '患者换了就诊人',
  'patient-unlinked': '解绑了就诊人',
  'consent-withdrawn': '撤回了同意',
  operator: '操作员作废',
}

interface ReasonWords {
  readonly name: string
  readonly advice: string
}
export const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  failed: {
    name: '没有通过，或在平台的页面上放弃了',
    advice: '不用处理。患者可以再试、用兜底方式，或带身份证到窗口。',
  },
  'no-page': {
    name: '平台没有给验证页',
    advice:
      '平台没有公开这样做的含义，默认不当作通过。经常出现请联系健康卡平台；医院愿意信任时改配置 verification.trustEmptyVerifyUrl。',
  },
  'platform-unavailable': {
    name: '平台连不上或没有答复',
    advice: '在接口调用里看同一追踪号。很多人同时这样，请联系健康卡平台；患者这时可以用兜底方式或到窗口。',
  },
  'platform-refused': {
    name: '平台没有受理',
    advice: '在接口调用里看平台的返回码：多半是环节代码（scene）或接入配置不对，改好后请患者再试。',
  },
  'result-unknown': {
    name: '没有查到验证结果',
    advice: '结果可能已经有了：请患者回到原来的页面点“再查一次”，不用重新验证。',
  },
  'no-resident-id': {
    name: '没有居民身份证，不提交平台',
    advice: '平台只验证居民身份证。患者可以用就诊卡号加短信验证码，或到窗口。',
  },
  'too-many-attempts': {
    name: '当天次数用完',
    advice: '次数到第二天 0 点重新计算，不能由人加。急用请患者带证件到窗口。',
  },
  expired: { name: '超过保留时间', advice: '不用处理，患者可以重新开始。' },
}
