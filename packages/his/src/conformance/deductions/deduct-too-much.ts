import type { ConformanceCheck } from '../check.ts'
import { deductionRoute } from '../refunds/refund-route.ts'
import { takeTooMuch } from '../refunds/take-too-much.ts'

export const deductTooMuch: ConformanceCheck = {
  name: 'deductions.deduct-too-much',
  zh: '单步扣减：超过可退余额，答复 no',
  because: '扣得下比可退更多的钱，医院就会把不该退的钱付给患者。',
  run: async (bench) => takeTooMuch(bench, await deductionRoute(bench)),
}
