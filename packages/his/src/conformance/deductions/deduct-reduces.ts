import { groupOf } from '../ask-group.ts'
import { type ConformanceCheck, must } from '../check.ts'
import { deductionRoute, ONE_FEN, richEnough, taken } from '../refunds/refund-route.ts'

export const deductReduces: ConformanceCheck = {
  name: 'deductions.deduct-reduces',
  zh: '单步扣减：扣减之后总额、可用、可退都减少，status 说 deducted',
  because: '扣减不落账，钱付出之后患者的余额还在，可以再退一次。',
  run: async (bench) => {
    const route = await deductionRoute(bench)
    const balances = groupOf(bench, 'balances')
    await richEnough(bench, route)
    const before = await balances.of(route.patid)
    const key = bench.newKey()
    const deduction = taken(await route.take(ONE_FEN, key), route)
    const after = await balances.of(route.patid)
    const told = await groupOf(bench, 'deductions').status(key)
    await route.giveBack(deduction)
    for (const [field, zh] of FIELDS)
      must(
        before[field] - after[field] === ONE_FEN,
        `扣减 1 分，${zh}减少了 ${before[field] - after[field]} 分`,
      )
    must(told?.state === 'deducted', `扣减之后 status 说的是 ${told?.state}，应当是 deducted`)
    must(told.deductionId === deduction.id && told.amount === ONE_FEN, 'status 的编号或金额与答复不同')
  },
}

const FIELDS = [
  ['total', '总额'],
  ['available', '可用余额'],
  ['refundable', '可退余额'],
] as const
