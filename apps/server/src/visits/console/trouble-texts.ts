import type { Trouble } from './find-troubles.ts'

/** What happened, and what a clerk does next. */
export const TROUBLE_TEXTS: Readonly<Record<Trouble, string>> = {
  refund:
    '退款自己走不下去了（如付款的银行卡已注销）。请先再查询一次；仍然这样，按退款单号在微信支付商户平台处理，办好之后再查询一次，这里会随之变化。',
  mismatch:
    '微信支付的答复和这一单的金额、商户或付款人不符，没有当作已付。请用商户订单号到微信支付商户平台核对这笔钱，再联系开发。处理好之后标记为已处理。',
  contradicted:
    '这一单结束之后，微信支付又给了不同的说法（如关闭之后收到了钱）。钱记在存疑里，没有登记到 HIS。请核对之后线下退给患者，或请患者到窗口办理，然后标记为已处理。',
  'foreign-answer':
    'HIS 用别人的预约或单据来答复这一单，没有采用。请 HIS 厂家按请求键核对；核对之前不要另外登记，也不要退款。',
  doubtful:
    '超过一个小时，HIS 还没有说明有没有办成。网关会一直查询，不会重做，也不会先退款。请先再查询一次；HIS 恢复之前，请让患者凭支付记录到窗口核对。',
}
