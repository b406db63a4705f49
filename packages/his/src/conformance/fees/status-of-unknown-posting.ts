import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const statusOfUnknownPosting: ConformanceCheck = {
  name: 'fees.status-of-unknown-posting',
  zh: '缴费：没有收到过的入账请求，status 返回 undefined',
  because: '网关据此给患者退款；编造一笔入账，患者付了钱却取不了药。',
  run: async (bench) => {
    const told = await groupOf(bench, 'fees').status(bench.newKey())
    must(told === undefined, 'status 为一个从未用过的 requestKey 返回了入账')
  },
}
