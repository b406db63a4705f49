export const INTENT_OPTIONS = [
  { value: 'register', text: '新用户建档' },
  { value: 'bind-card', text: '关联健康卡' },
  { value: 'add-patient', text: '添加就诊人' },
  { value: 'upgrade', text: '老用户补领健康卡' },
]

/** Short, for choosing; what one means is told with the flow. */
export const REASON_OPTIONS = [
  { value: 'verify-failed', text: '验证没有通过' },
  { value: 'platform-unavailable', text: '平台连不上' },
  { value: 'platform-refused', text: '平台没有受理' },
  { value: 'code-refused', text: '授权码失效' },
  { value: 'code-unknown', text: '换取资料没有答复' },
  { value: 'his-unavailable', text: '医院系统连不上' },
  { value: 'his-refused', text: '医院系统没有受理' },
  { value: 'other-person', text: '不是原来的人' },
  { value: 'patient-limit', text: '就诊人已到上限' },
  { value: 'expired', text: '超过时间' },
]
