import { no, type Outcome, yes } from '@zhangyi/core'
import type { FeeBill, FeePosting, FeePostingRequest } from '../../fees.ts'
import { sum } from '../balances/weigh-balance.ts'
import { bookEntry } from '../bills/book-entry.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'

/** Posts one payment to bills that are still what was paid: all of them, or none. */
export function postPayment(
  state: HospitalState,
  { patid, billIds, payment }: FeePostingRequest,
  requestKey: string,
  nowMs: number,
): Outcome<FeePosting> {
  if (state.postings.some(({ posting }) => posting.paymentNumber === payment.paymentNumber))
    return no('duplicate', 'the payment is posted')
  const wanted = new Set(billIds)
  const fees = state.fees.filter(
    ({ bill, postingId }) => bill.patid === patid && wanted.has(bill.billId) && postingId === undefined,
  )
  const bills = fees.map(({ bill }) => bill)
  const [first] = bills
  if (!first || bills.length !== wanted.size || sum(bills) !== payment.amount)
    return no('amount-changed', 'the bills are not what was paid')

  const postingId = nextNumber(state, 'JZ')
  for (const fee of fees) fee.postingId = postingId
  const posting: FeePosting = {
    postingId,
    patid,
    billIds: bills.map(({ billId }) => billId),
    title: bills.length > 1 ? `${first.title}等 ${bills.length} 项` : first.title,
    departmentName: first.departmentName,
    amount: payment.amount,
    paymentNumber: payment.paymentNumber,
    receiptNumber: nextNumber(state, 'FP'),
    guidance: guidanceOf(first),
    paidAt: payment.paidAt,
    items: bills.flatMap(({ items }) => items),
  }
  state.postings.push({ requestKey, posting })
  bookEntry(state, {
    hisNumber: postingId,
    kind: 'payment',
    patid,
    amount: payment.amount,
    paymentNumber: payment.paymentNumber,
    channelNumber: payment.channelNumber,
    bookedAt: new Date(nowMs).toISOString(),
  })
  return yes(posting)
}

function guidanceOf({ title, departmentName }: FeeBill): string {
  if (title.includes('药')) return '请到门诊药房 3 号窗口取药'
  if (title.includes('检验')) return '请到门诊楼 2 层检验科采样'
  return title.includes('检查') ? '请到医技楼 1 层登记台预约' : `请回${departmentName}诊室`
}
