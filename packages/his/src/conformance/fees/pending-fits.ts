import { groupOf, isAmount, isInstant, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const pendingFits: ConformanceCheck = {
  name: 'fees.pending-fits',
  zh: '待缴：单号唯一，金额是正整数分，等于各项之和',
  because: '患者照着明细付钱；合计与明细对不上，患者会投诉，缴费也会被 HIS 拒绝。',
  run: async (bench) => {
    const patid = await patidOf(bench, 'feePayer')
    const bills = await groupOf(bench, 'fees').pending(patid)
    must(new Set(bills.map(({ billId }) => billId)).size === bills.length, '有两张单子的 billId 相同')
    for (const { amount, items, createdAt, patid: of } of bills) {
      must(of === patid, '待缴里有别人的 patid')
      must(isAmount(amount) && amount > 0, '有单子的金额不是正整数分')
      const sum = items.reduce((total, item) => total + item.amount, 0)
      must(sum === amount, `有单子合计 ${amount} 分，各项之和是 ${sum} 分`)
      must(isInstant(createdAt), '有单子的 createdAt 不是带时区的时间')
    }
  },
}
