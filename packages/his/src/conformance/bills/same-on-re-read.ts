import { dayOf } from '../ask-group.ts'
import { allRecharges } from '../balances/ask-recharges.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { readDay } from './read-day.ts'

export const sameOnReRead: ConformanceCheck = {
  name: 'bills.same-on-re-read',
  zh: '日账单：同一天读两次，行和先后都相同',
  because: '下载中断之后要从头再读；两次不同，就会漏行或重复，差错台上全是假账。',
  run: async (bench) => {
    const day = dayOf((await allRecharges(bench)).at(-1)?.paidAt ?? '')
    const numbers = async () => (await readDay(bench, day)).map(({ hisNumber }) => hisNumber).join(' ')
    const first = await numbers()
    // Rows of today may have been added meanwhile, but only behind the others.
    must((await numbers()).startsWith(first), '同一天读两次，得到的行不同')
  },
}
