import { groupOf, isAmount, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const balanceAddsUp: ConformanceCheck = {
  name: 'balances.adds-up',
  zh: '余额：总额 ≥ 可用 ≥ 可退 ≥ 0，都是整数分；少退的部分说明原因',
  because: '网关按「可退」退款；三个数混用，就会退多，或者患者看不懂为什么退不了。',
  run: async (bench) => {
    const patid = await patidOf(bench, 'depositor')
    const balance = await groupOf(bench, 'balances').of(patid)
    const { total, available, refundable, reason } = balance
    must(balance.patid === patid, '余额的 patid 与所问的不同')
    must([total, available, refundable].every(isAmount), '总额、可用、可退里有的不是整数分，或是负数')
    must(total >= available && available >= refundable, '不满足 总额 ≥ 可用 ≥ 可退')
    must(refundable === total || /\p{Script=Han}/u.test(reason ?? ''), '可退比总额少，却没有中文的 reason')
    must(total >= 100, `样本 depositor 的总额是 ${total} 分，应当有 1 元以上`)
  },
}
