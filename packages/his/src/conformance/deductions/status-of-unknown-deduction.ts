import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const statusOfUnknownDeduction: ConformanceCheck = {
  name: 'deductions.status-of-unknown-deduction',
  zh: '单步扣减：没有收到过的请求，status 返回 undefined',
  because: '退款结果不明时网关只信查询；查询报错或编造一笔扣减，患者的退款就停在半路。',
  run: async (bench) => {
    const deduction = await groupOf(bench, 'deductions').status(bench.newKey())
    must(deduction === undefined, 'status 为一个从未用过的 requestKey 返回了扣减')
  },
}
