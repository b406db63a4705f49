import type { Balance } from './ledger-api.ts'

export const AGES: Readonly<Record<string, string>> = {
  'under-1': '一年以内',
  '1-to-3': '一至三年',
  '3-to-5': '三至五年',
  'over-5': '五年以上',
  unknown: '日期不明',
}

/** What is wrong with a record, and how it is mended. */
const PROBLEMS: Readonly<Record<string, { readonly text: string; readonly mend: string }>> = {
  'no-name': { text: '没有姓名', mend: '在 HIS 里补姓名' },
  'bad-name': { text: '姓名不像姓名', mend: '核对姓名，去掉数字和符号' },
  'no-id': { text: '没有证件号码', mend: '查病历或致电补证件号码；没有证件退不了，走线下申请' },
  'bad-id': { text: '证件号码不对', mend: '核对号码和校验位' },
  'no-phone': { text: '没有手机号', mend: '查住院登记等补手机号；补不到的邮寄或公告' },
  'bad-phone': { text: '手机号不对', mend: '核对是不是 11 位手机号' },
  'no-since': { text: '没有余额产生日期', mend: '按最后一次充值的日期补上' },
  'duplicate-person': { text: '同一证件有多份档案', mend: '在 HIS 里合并档案，人脸核验退款才办得了' },
}
export const PROBLEM_OPTIONS = Object.entries(PROBLEMS).map(([value, { text }]) => ({ value, text }))

export function problemText(problem: string): string {
  return PROBLEMS[problem]?.text ?? problem
}

export function problemMend(problem: string): string {
  return PROBLEMS[problem]?.mend ?? ''
}

const WAYS: Readonly<Record<string, string>> = {
  ...{ original: '原路退回', transfer: '商家转账', offline: '线下付款', window: '窗口付讫' },
}

export function wayText(ways: readonly string[]): string {
  return ways.map((way) => WAYS[way] ?? way).join('、')
}

const TOLD: Readonly<Record<string, string>> = {
  ...{
    assistant: '就医助手',
    template: '公众号模板消息',
    subscribe: '小程序订阅消息',
    sms: '短信',
    phone: '电话',
  },
}

export function toldText(how: string | null): string {
  return how === null ? '' : (TOLD[how] ?? how)
}

/** Of the dictionary of states, kind `balance`. */
export function stateOfBalance(one: Balance): string {
  if (one.clearedAtMs === null) {
    if (one.refundedFen > 0) return 'partly'
    return one.toldAtMs === null ? 'untold' : 'told'
  }
  if (one.refundedFen === 0) return 'elsewhere'
  return one.elsewhereFen === 0 ? 'refunded' : 'mixed'
}

export function countText(count: number): string {
  return count.toLocaleString('zh-CN')
}
