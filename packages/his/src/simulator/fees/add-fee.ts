import type { FeeBill, FeeItem } from '../../fees.ts'
import { sum } from '../balances/weigh-balance.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'

/** A bill as a doctor orders it; what is left out gets a plausible value. */
export interface NewFee {
  readonly items: readonly FeeItem[]
  readonly title?: string
  readonly departmentName?: string
  readonly doctorName?: string
  readonly visitId?: string
}

/** Throws `RangeError` for an unknown archive or a bill of nothing. */
export function addFee(state: HospitalState, patid: string, fee: NewFee, nowMs: number): FeeBill {
  if (!state.archives.some((archive) => archive.patid === patid)) throw new RangeError('no such archive')
  const bill: FeeBill = {
    billId: nextNumber(state, 'JF'),
    patid,
    visitId: fee.visitId,
    departmentName: fee.departmentName ?? '全科医学科',
    doctorName: fee.doctorName,
    title: fee.title ?? '诊疗费',
    ...priced(fee.items),
    createdAt: new Date(nowMs).toISOString(),
  }
  state.fees.push({ bill })
  return bill
}

/** The doctor changed the order: the bill costs something else now. Throws `RangeError` if it is not waiting. */
export function changeFee(state: HospitalState, billId: string, items: readonly FeeItem[]): FeeBill {
  const kept = state.fees.find(({ bill, postingId }) => bill.billId === billId && postingId === undefined)
  if (!kept) throw new RangeError('no such bill is waiting')
  kept.bill = { ...kept.bill, ...priced(items) }
  return kept.bill
}

function priced(items: readonly FeeItem[]) {
  const amount = sum(items)
  if (!(amount > 0)) throw new RangeError('a bill is more than nothing')
  return { amount, items }
}
