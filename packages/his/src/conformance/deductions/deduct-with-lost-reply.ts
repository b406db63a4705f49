import type { ConformanceCheck } from '../check.ts'
import { deductionRoute } from '../refunds/refund-route.ts'
import { takeWithLostReply } from '../refunds/take-with-lost-reply.ts'

export const deductWithLostReply: ConformanceCheck = {
  name: 'deductions.deduct-with-lost-reply',
  zh: '结果不明：扣减的答复丢失时不说 no，status 查得到',
  because: '说成 no，网关就当没有扣；患者的余额少了，钱却没有退到手上。',
  run: async (bench) => takeWithLostReply(bench, await deductionRoute(bench), 'deductions.deduct'),
}
