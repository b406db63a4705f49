import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { dayOf } from '../ask-group.ts'
import { allRecharges } from '../balances/ask-recharges.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'
import { readDay } from './read-day.ts'

export const showRecharge: ConformanceCheck = {
  name: 'bills.show-recharge',
  zh: '日账单：有商户订单号的充值，在当天或次日的账单里查得到，金额相同',
  because: '微信收了钱而 HIS 账单里没有，就是长款；漏一行，就要人工去查一笔本来没错的账。',
  run: async (bench) => {
    const recharge = (await allRecharges(bench)).findLast(({ paymentNumber }) => paymentNumber !== undefined)
    if (!recharge) throw new NotOffered('样本 depositor 没有带商户订单号的充值')
    const { paymentNumber, amount, paidAt } = recharge
    const rows = [
      ...(await readDay(bench, dayOf(paidAt))),
      ...(await readDay(bench, shanghaiDay(Date.parse(paidAt) + DAY_MS))),
    ]
    const row = rows.find((one) => one.paymentNumber === paymentNumber && one.kind === 'recharge')
    must(row !== undefined, '最近一笔带商户订单号的充值，账单里没有')
    must(row.amount === amount, `账单里这笔充值是 ${row.amount} 分，充值记录里是 ${amount} 分`)
  },
}
