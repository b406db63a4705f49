import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeAtOnce } from '../refunds/take-at-once.ts'

export const holdAtOnce: ConformanceCheck = {
  name: 'deposits.hold-at-once',
  zh: '并发：余额只够一笔时，同时到达的两笔冻结只成一笔',
  because: '患者在两部手机上同时退款；两笔都冻成，医院就会付出两倍的钱。',
  run: async (bench) => takeAtOnce(bench, await depositRoute(bench)),
}
