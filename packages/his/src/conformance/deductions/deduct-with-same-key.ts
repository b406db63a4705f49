import type { ConformanceCheck } from '../check.ts'
import { deductionRoute } from '../refunds/refund-route.ts'
import { takeWithSameKey } from '../refunds/take-with-same-key.ts'

export const deductWithSameKey: ConformanceCheck = {
  name: 'deductions.deduct-with-same-key',
  zh: '幂等：同一 requestKey 的扣减只扣一次',
  because: '网关在答复丢失后用同一个 requestKey 重发；扣两次，患者的钱就少了一份。',
  run: async (bench) => takeWithSameKey(bench, await deductionRoute(bench), 'again'),
}
