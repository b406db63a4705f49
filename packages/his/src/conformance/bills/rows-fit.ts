import { dayOf, isAmount, isInstant } from '../ask-group.ts'
import { allRecharges } from '../balances/ask-recharges.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { readDay } from './read-day.ts'

const KINDS = ['recharge', 'payment', 'refund', 'reversal']

export const rowsFit: ConformanceCheck = {
  name: 'bills.rows-fit',
  zh: '日账单：每行编号唯一、金额为正、记账时间在当天',
  because: '对账按编号和日期逐行匹配；重复的行、跨到别天的行，会变成一笔笔假的差错。',
  run: async (bench) => {
    const day = dayOf((await allRecharges(bench)).at(-1)?.paidAt ?? '')
    const rows = await readDay(bench, day)
    must(new Set(rows.map(({ hisNumber }) => hisNumber)).size === rows.length, '有两行的 hisNumber 相同')
    for (const { kind, amount, bookedAt } of rows) {
      must(KINDS.includes(kind), '有一行的 kind 不认识')
      must(isAmount(amount) && amount > 0, '有一行的金额不是正整数分')
      must(isInstant(bookedAt) && dayOf(bookedAt) === day, '有一行的 bookedAt 不在所问的那一天')
    }
  },
}
