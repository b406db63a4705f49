import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { groupOf, isHarmless } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { testPayment } from '../test-payment.ts'
import { isPending, pendingBill, postingOf } from './ask-fees.ts'

export const postOnce: ConformanceCheck = {
  name: 'fees.post-once',
  zh: '缴费：入账一次，同一 requestKey 重发无害；单子不再待缴，status 和 paid 查得到',
  because: '入了账单子还在，患者会再付一次；查不到缴费记录，患者取不了药。',
  run: async (bench) => {
    const fees = groupOf(bench, 'fees')
    const bill = await pendingBill(bench)
    const request = postingOf(bench, bill)
    const key = bench.newKey()
    const both = await Promise.all([fees.post(request, key), fees.post(request, key)])
    const outcome = both.find(({ kind }) => kind === 'yes') ?? both[0]
    must(outcome.kind === 'yes', `缴费的答复是 ${wordsOf(outcome)}，应当是 yes`)
    const { postingId, amount } = outcome.value
    must(amount === bill.amount, '入账的金额与单子不同')
    const again = await fees.post(request, key)
    must(isHarmless(again), `重发的答复是 ${wordsOf(again)}，应当是 yes 或 no('duplicate', …)`)
    for (const one of [...both, again])
      must(one.kind !== 'yes' || one.value.postingId === postingId, '重发又入了一次账')
    const other = await fees.post({ ...request, payment: testPayment(bench, bill.amount) }, key)
    must(
      other.kind === 'no',
      `同一 requestKey、另一笔付款，答复是 ${wordsOf(other)}，应当是 no('key-reused', …)`,
    )
    must(!(await isPending(bench, bill)), '入账之后，单子仍然待缴')
    must((await fees.status(key))?.postingId === postingId, 'status 查不到这次入账')
    const day = (days: number) => shanghaiDay(bench.clock.nowMs() + days * DAY_MS)
    const paid = await fees.paid({ patid: bill.patid, from: day(-1), to: day(1) })
    const own = paid.filter(({ paymentNumber }) => paymentNumber === request.payment.paymentNumber)
    must(own.length === 1, `缴费记录里有 ${own.length} 笔，应当是 1 笔`)
  },
}
