export const PURPOSE_OPTIONS = [
  { value: 'lab-report', text: '检验报告' },
  { value: 'examination-report', text: '检查报告' },
  { value: 'check-up-report', text: '体检报告' },
  { value: 'inpatient-list', text: '住院清单' },
  { value: 'prescription', text: '处方' },
  { value: 'diagnosis', text: '诊断' },
  { value: 'personal-data', text: '个人信息' },
  { value: 'card-code', text: '展码' },
  { value: 'refund', text: '退款' },
]

export const FACE_PURPOSE_OPTIONS = [
  { value: 'platform-order', text: '健康卡平台的验证' },
  { value: 'refund', text: '退款' },
]

export const REASON_OPTIONS = [
  { value: 'failed', text: '没有通过或放弃' },
  { value: 'no-page', text: '平台没有给验证页' },
  { value: 'platform-unavailable', text: '平台连不上' },
  { value: 'platform-refused', text: '平台没有受理' },
  { value: 'result-unknown', text: '没有查到结果' },
  { value: 'no-resident-id', text: '没有居民身份证' },
  { value: 'too-many-attempts', text: '当天次数用完' },
  { value: 'expired', text: '超过时间' },
]

export const ASSURANCE_OPTIONS = [
  { value: 'real-person', text: '平台验证了本人' },
  { value: 'proxy', text: '平台验证了家属' },
  { value: 'face', text: '本院人脸核验' },
  { value: 'trusted', text: '按配置信任' },
  { value: 'fallback', text: '兜底验证码' },
]

export const METHOD_NAMES = { face: '微信人脸核身', ncidas: '国家网络身份认证' } as const
