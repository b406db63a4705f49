import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const statusOfUnknownHold: ConformanceCheck = {
  name: 'deposits.status-of-unknown-hold',
  zh: '预交金：没有收到过的冻结请求，status 返回 undefined',
  because: '退款结果不明时网关只信查询；查询报错或编造一笔冻结，患者的退款就停在半路。',
  run: async (bench) => {
    const hold = await groupOf(bench, 'deposits').status(bench.newKey())
    must(hold === undefined, 'status 为一个从未用过的 requestKey 返回了冻结')
  },
}
