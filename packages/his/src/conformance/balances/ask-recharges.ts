import type { Recharge } from '../../balances.ts'
import { daysAround, groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceBench, must } from '../check.ts'

// Deposits were taken until 2025; what is older than this is not paid back online.
const YEARS_BACK = 10

/** All recharges of the depositor. */
export async function allRecharges(bench: ConformanceBench): Promise<readonly Recharge[]> {
  const patid = await patidOf(bench, 'depositor')
  const range = daysAround(bench, YEARS_BACK * 365, 1)
  const recharges: unknown = await groupOf(bench, 'balances').recharges({ patid, ...range })
  must(Array.isArray(recharges), 'recharges 没有返回数组')
  must(recharges.length > 0, '样本 depositor 有余额，却查不到一笔充值记录')
  return recharges as readonly Recharge[]
}
