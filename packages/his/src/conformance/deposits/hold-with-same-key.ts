import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeWithSameKey } from '../refunds/take-with-same-key.ts'

export const holdWithSameKey: ConformanceCheck = {
  name: 'deposits.hold-with-same-key',
  zh: '幂等：同一 requestKey 的冻结只冻一次',
  because: '网关在答复丢失后用同一个 requestKey 重发；冻两次，患者就有一笔钱一直用不了。',
  run: async (bench) => takeWithSameKey(bench, await depositRoute(bench), 'again'),
}
