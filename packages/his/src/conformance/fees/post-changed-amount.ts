import { wordsOf } from '../ask.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { isPending, oneMore, pendingBill, postingOf } from './ask-fees.ts'

export const postChangedAmount: ConformanceCheck = {
  name: 'fees.post-changed-amount',
  zh: "缴费：付的钱与单子不符，答复 no('amount-changed')，单子仍然待缴",
  because: '医生改了单子而患者付的是旧金额；照样入账，医院就少收或多收，对账也对不上。',
  run: async (bench) => {
    const bill = await pendingBill(bench)
    const request = postingOf(bench, bill, oneMore(bill.amount))
    const outcome = await groupOf(bench, 'fees').post(request, bench.newKey())
    must(
      outcome.kind === 'no' && outcome.code === 'amount-changed',
      `多付 1 分，答复是 ${wordsOf(outcome)}，应当是 no('amount-changed', …)`,
    )
    must(await isPending(bench, bill), '答复了 no，单子却不再待缴')
  },
}
