/** What has to be cleaned before the patient can be reached or paid, in the order in which it is told. */
export const BALANCE_PROBLEMS = [
  'no-name',
  'bad-name',
  'no-id',
  'bad-id',
  'no-phone',
  'bad-phone',
  'no-since',
  'duplicate-person',
] as const
export type BalanceProblem = (typeof BALANCE_PROBLEMS)[number]

export const PROBLEM_WORDS: Readonly<Record<BalanceProblem, string>> = {
  'no-name': '没有姓名',
  'bad-name': '姓名不像姓名',
  'no-id': '没有证件号码',
  'bad-id': '证件号码不对',
  'no-phone': '没有手机号',
  'bad-phone': '手机号不对',
  'no-since': '没有余额产生日期',
  'duplicate-person': '同一证件有多份档案',
}
