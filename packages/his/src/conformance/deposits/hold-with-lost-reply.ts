import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeWithLostReply } from '../refunds/take-with-lost-reply.ts'

export const holdWithLostReply: ConformanceCheck = {
  name: 'deposits.hold-with-lost-reply',
  zh: '结果不明：冻结的答复丢失时不说 no，status 查得到',
  because: '说成 no，网关就当没有冻结；这笔钱从此冻着，患者既用不了也退不出。',
  run: async (bench) => takeWithLostReply(bench, await depositRoute(bench), 'deposits.hold'),
}
