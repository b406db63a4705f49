import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { wordsOf } from '../ask.ts'
import { groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceCheck, must, NotOffered } from '../check.ts'
import { testPayment } from '../test-payment.ts'

export const postPaidBill: ConformanceCheck = {
  name: 'fees.post-paid-bill',
  zh: '缴费：已经缴过的单子不能再缴，答复 no',
  because: '患者和家人各付了一次；第二次也入账，多收的钱要人工去退。',
  run: async (bench) => {
    const fees = groupOf(bench, 'fees')
    const patid = await patidOf(bench, 'feePayer')
    const day = (days: number) => shanghaiDay(bench.clock.nowMs() + days * DAY_MS)
    const [paid] = await fees.paid({ patid, from: day(-365), to: day(1) })
    if (!paid) throw new NotOffered('样本 feePayer 一年内没有缴过费')
    const payment = testPayment(bench, paid.amount)
    const outcome = await fees.post({ patid, billIds: paid.billIds, payment }, bench.newKey())
    must(outcome.kind === 'no', `再缴一次，答复是 ${wordsOf(outcome)}，应当是 no`)
  },
}
