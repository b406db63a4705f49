import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { dayOf, groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { allRecharges } from './ask-recharges.ts'

export const rechargesByDay: ConformanceCheck = {
  name: 'balances.recharges-by-day',
  zh: '充值记录：起止两天都包括在内，范围以外的不返回（按北京时间）',
  because: '一年之内的充值才能原路退回；日期差一天，患者就少看到一笔，或点了却退不成。',
  run: async (bench) => {
    const [first] = await allRecharges(bench)
    if (!first) return
    const { patid, paidAt, rechargeId } = first
    const day = dayOf(paidAt)
    const next = shanghaiDay(Date.parse(paidAt) + DAY_MS)
    const balances = groupOf(bench, 'balances')
    const onDay = await balances.recharges({ patid, from: day, to: day })
    const afterwards = await balances.recharges({ patid, from: next, to: next })
    must(
      onDay.some((one) => one.rechargeId === rechargeId),
      '起止是同一天时，当天的充值没有返回',
    )
    must(
      [...onDay.map((one) => [one, day] as const), ...afterwards.map((one) => [one, next] as const)].every(
        ([one, wanted]) => dayOf(one.paidAt) === wanted,
      ),
      '返回了范围以外的充值',
    )
  },
}
