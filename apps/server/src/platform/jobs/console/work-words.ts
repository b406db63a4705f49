/** What each due work does, for who looks at it. */
const WORDS: Readonly<Record<string, string>> = {
  'enrolment.bind-cards': '把健康卡和院内档案的关系告诉 HIS',
  'verification.personal-data': '查清个人信息修改的结果',
  'usage.deliver': '用卡数据：上报',
  'usage.keep-days': '用卡数据：按天分区和保留',
  'usage.departments': '用卡数据：科室代码对上以后放行',
  'usage.alarms': '用卡数据：报警',
  'visits.run-due': '挂号缴费：查询、过期、退款',
  'payments.resolve': '支付和转账：查清结果，处理回调',
  'payments.receipts': '转账：取回电子回单',
  'refunds.run-due': '退款：冻结、付款、核销、解冻',
  'refunds.ledger': '余额台账：向 HIS 更新',
  'refunds.funds': '运营账户余额和资金报警',
  'refunds.campaign-targets': '余额通知：准备名单',
  'notices.deliver': '退费消息：发送和送达结果',
  'audit.chain': '审计：入链和按期移除',
  'platform.exports': '导出：写文件和到期删除',
  'platform.callbacks': '平台回调：到期删除',
}

export function workName(name: string): string {
  return WORDS[name] ?? name
}

export function knowsWork(name: string): boolean {
  return name in WORDS
}
