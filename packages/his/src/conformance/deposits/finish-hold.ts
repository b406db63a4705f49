import type { Outcome } from '@zhangyi/core'
import type { DepositHold } from '../../deposits.ts'
import { groupOf } from '../ask-group.ts'
import type { ConformanceBench } from '../check.ts'
import { ONE_FEN, refundNumberOf } from '../refunds/refund-route.ts'

/** Confirms a hold of one fen as paid, under the number that belongs to its key; the same input each time. */
export function confirmHold(
  bench: ConformanceBench,
  holdId: string,
  holdKey: string,
  requestKey: string,
): Promise<Outcome<DepositHold>> {
  const { paidAt } = bench
  const refundNumber = refundNumberOf(holdKey)
  return groupOf(bench, 'deposits').confirm({ holdId, amount: ONE_FEN, refundNumber, paidAt }, requestKey)
}

export function releaseHold(
  bench: ConformanceBench,
  holdId: string,
  requestKey: string,
): Promise<Outcome<DepositHold>> {
  return groupOf(bench, 'deposits').release({ holdId, amount: ONE_FEN, reason: '接入检查' }, requestKey)
}
