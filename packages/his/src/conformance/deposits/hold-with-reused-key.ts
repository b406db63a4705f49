import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeWithReusedKey } from '../refunds/take-with-reused-key.ts'

export const holdWithReusedKey: ConformanceCheck = {
  name: 'deposits.hold-with-reused-key',
  zh: "幂等：同一 requestKey 换了金额，答复 no('key-reused')",
  because: '照新金额再冻，或答复原来那笔的 yes，网关记的金额就与 HIS 的不同，退出去的钱对不上账。',
  run: async (bench) => takeWithReusedKey(bench, await depositRoute(bench)),
}
