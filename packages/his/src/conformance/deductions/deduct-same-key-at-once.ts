import type { ConformanceCheck } from '../check.ts'
import { deductionRoute } from '../refunds/refund-route.ts'
import { takeWithSameKey } from '../refunds/take-with-same-key.ts'

export const deductSameKeyAtOnce: ConformanceCheck = {
  name: 'deductions.deduct-same-key-at-once',
  zh: '幂等：同一 requestKey 的两次扣减同时到达，只扣一次',
  because: '网络自动重试时，两个请求会同时到达；各扣一次，患者的钱就少了一份。',
  run: async (bench) => takeWithSameKey(bench, await deductionRoute(bench), 'at-once'),
}
