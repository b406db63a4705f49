import { groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { allRecharges } from './ask-recharges.ts'

export const rechargesCoverBalance: ConformanceCheck = {
  name: 'balances.recharges-cover-balance',
  zh: '充值记录：各笔充值减去已退，合起来不少于可退余额',
  because: '每一分可退的钱都要说得出从哪笔充值来；漏了记录，这部分余额就没有办法原路退回。',
  run: async (bench) => {
    const left = (await allRecharges(bench)).reduce((sum, { amount, refunded }) => sum + amount - refunded, 0)
    const { refundable } = await groupOf(bench, 'balances').of(await patidOf(bench, 'depositor'))
    must(left >= refundable, `各笔充值还剩 ${left} 分，可退余额却有 ${refundable} 分`)
  },
}
