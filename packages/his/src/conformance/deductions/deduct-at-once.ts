import type { ConformanceCheck } from '../check.ts'
import { deductionRoute } from '../refunds/refund-route.ts'
import { takeAtOnce } from '../refunds/take-at-once.ts'

export const deductAtOnce: ConformanceCheck = {
  name: 'deductions.deduct-at-once',
  zh: '并发：余额只够一笔时，同时到达的两笔扣减只成一笔',
  because: '患者在两部手机上同时退款；两笔都扣成，医院就会付出两倍的钱。',
  run: async (bench) => takeAtOnce(bench, await deductionRoute(bench)),
}
