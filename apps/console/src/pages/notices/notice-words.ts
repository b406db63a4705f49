export const KIND_OPTIONS = [
  { value: 'applied', text: '退款已受理' },
  { value: 'waiting', text: '等待接收退款' },
  { value: 'reminder', text: '提醒接收退款' },
  { value: 'paid', text: '退款成功' },
  { value: 'expired', text: '退款已失效' },
  { value: 'reissued', text: '退款重新发起' },
  { value: 'funded', text: '现在可以退款' },
  { value: 'balance', text: '余额通知' },
]

export const CHANNEL_OPTIONS = [
  { value: 'assistant', text: '就医助手' },
  { value: 'template', text: '模板消息' },
  { value: 'subscribe', text: '订阅消息' },
]
