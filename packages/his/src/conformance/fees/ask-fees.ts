import { type Fen, fen } from '@zhangyi/core'
import type { FeeBill, FeePostingRequest } from '../../fees.ts'
import { groupOf, patidOf } from '../ask-group.ts'
import { type ConformanceBench, NotOffered } from '../check.ts'
import { testPayment } from '../test-payment.ts'

/** A bill of the fee payer; without one the check is left out. */
export async function pendingBill(bench: ConformanceBench): Promise<FeeBill> {
  const fees = groupOf(bench, 'fees')
  const [bill] = await fees.pending(await patidOf(bench, 'feePayer'))
  if (!bill) throw new NotOffered('样本 feePayer 没有待缴的费用了，请先在 HIS 里开单')
  return bill
}

/** A posting as the gateway sends it after a payment of this amount. */
export function postingOf(
  bench: ConformanceBench,
  { patid, billId, amount }: FeeBill,
  paid: Fen = amount,
): FeePostingRequest {
  return { patid, billIds: [billId], payment: testPayment(bench, paid) }
}

export function oneMore(amount: Fen): Fen {
  return fen(amount + 1)
}

export async function isPending(bench: ConformanceBench, { patid, billId }: FeeBill): Promise<boolean> {
  return (await groupOf(bench, 'fees').pending(patid)).some((bill) => bill.billId === billId)
}
