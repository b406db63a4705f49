import { isAmount, isInstant, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { allRecharges } from './ask-recharges.ts'

const CHANNELS = ['wechat', 'alipay', 'bank-card', 'cash', 'other']

export const rechargesFit: ConformanceCheck = {
  name: 'balances.recharges-fit',
  zh: '充值记录：编号不重复，金额、已退金额、渠道、时间都合规，按时间从早到晚',
  because: '原路退款逐笔按充值记录走；已退金额错了，同一笔充值就会退两次。',
  run: async (bench) => {
    const patid = await patidOf(bench, 'depositor')
    const recharges = await allRecharges(bench)
    must(
      new Set(recharges.map(({ rechargeId }) => rechargeId)).size === recharges.length,
      '有两笔充值的 rechargeId 相同',
    )
    for (const one of recharges) {
      must(one.patid === patid, '充值记录里有别人的 patid')
      must(isAmount(one.amount) && one.amount > 0, '有一笔充值的金额不是正整数分')
      must(isAmount(one.refunded) && one.refunded <= one.amount, '有一笔充值的已退金额比充值金额还多')
      must(CHANNELS.includes(one.channel), '有一笔充值的渠道不认识')
      must(isInstant(one.paidAt), '有一笔充值的 paidAt 不是带时区的时间')
    }
    const times = recharges.map(({ paidAt }) => Date.parse(paidAt))
    must(
      times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0)),
      '充值记录不是从早到晚',
    )
  },
}
