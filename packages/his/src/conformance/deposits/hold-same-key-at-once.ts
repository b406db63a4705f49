import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeWithSameKey } from '../refunds/take-with-same-key.ts'

export const holdSameKeyAtOnce: ConformanceCheck = {
  name: 'deposits.hold-same-key-at-once',
  zh: '幂等：同一 requestKey 的两次冻结同时到达，只冻一次',
  because: '网络自动重试时，两个请求会同时到达；各冻一次，患者就有一笔钱一直用不了。',
  run: async (bench) => takeWithSameKey(bench, await depositRoute(bench), 'at-once'),
}
