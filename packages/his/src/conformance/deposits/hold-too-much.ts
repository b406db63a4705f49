import type { ConformanceCheck } from '../check.ts'
import { depositRoute } from '../refunds/refund-route.ts'
import { takeTooMuch } from '../refunds/take-too-much.ts'

export const holdTooMuch: ConformanceCheck = {
  name: 'deposits.hold-too-much',
  zh: '预交金：冻结超过可退余额，答复 no',
  because: '冻得下比可退更多的钱，医院就会把不该退的钱付给患者。',
  run: async (bench) => takeTooMuch(bench, await depositRoute(bench)),
}
