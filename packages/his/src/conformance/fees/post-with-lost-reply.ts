import { loseReplyOf, mustNotDeny, mustNotSayNo } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { isPending, pendingBill, postingOf } from './ask-fees.ts'

export const postWithLostReply: ConformanceCheck = {
  name: 'fees.post-with-lost-reply',
  zh: '结果不明：缴费的答复丢失时不说 no，status 查得到',
  because: '说成 no，网关就会退款；费用在 HIS 里已经缴清，医院白白少收一笔。',
  run: async (bench) => {
    const loseReply = loseReplyOf(bench)
    const fees = groupOf(bench, 'fees')
    const bill = await pendingBill(bench)
    const key = bench.newKey()
    await loseReply('fees.post')
    const outcome = await fees.post(postingOf(bench, bill), key)
    mustNotSayNo(outcome)
    await mustNotDeny(bench, 'fees.status', () => fees.status(key))
    must((await fees.status(key))?.amount === bill.amount, '已经入账，status 却查不到或金额不同')
    must(!(await isPending(bench, bill)), '已经入账，单子仍然待缴')
  },
}
