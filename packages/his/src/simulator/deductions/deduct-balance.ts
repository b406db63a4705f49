import { no, type Outcome, yes } from '@zhangyi/core'
import type { Deduction, DeductionRequest, DeductionReversal } from '../../deductions.ts'
import { giveBack, takeBack } from '../balances/give-back.ts'
import { refuseRefund } from '../balances/refuse-refund.ts'
import { bookEntry, originOf } from '../bills/book-entry.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'
import { deductionOf, type KeptDeduction } from './kept-deduction.ts'

/** Takes an amount out of the balance for good, with a voucher. */
export function deductBalance(
  state: HospitalState,
  request: DeductionRequest,
  requestKey: string,
  nowMs: number,
): Outcome<Deduction> {
  const { patid, amount, rechargeId, refundNumber } = request
  if (state.deductions.some((one) => one.refundNumber === refundNumber))
    return no('duplicate', 'there is a deduction under this refund number')
  const refused = refuseRefund(state, request)
  if (refused) return refused
  const deduction: KeptDeduction = {
    deductionId: nextNumber(state, 'KJ'),
    patid,
    amount,
    rechargeId,
    refundNumber,
    requestKey,
    voucherNumber: nextNumber(state, 'PZ'),
    givenBack: giveBack(state, patid, amount, rechargeId),
    state: 'deducted',
  }
  state.deductions.push(deduction)
  bookEntry(state, {
    hisNumber: deduction.voucherNumber,
    kind: 'refund',
    patid,
    amount,
    refundNumber,
    ...originOf(state, rechargeId),
    bookedAt: new Date(nowMs).toISOString(),
  })
  return yes(deductionOf(deduction))
}

/** Gives a deduction back under a voucher of its own (冲红); again is harmless. */
export function reverseDeduction(
  state: HospitalState,
  { deductionId, amount }: DeductionReversal,
  nowMs: number,
): Outcome<Deduction> {
  const deduction = state.deductions.find((one) => one.deductionId === deductionId)
  if (!deduction) return no('deduction-unknown', 'no such deduction')
  if (deduction.amount !== amount) return no('amount-mismatch', 'not the amount that was deducted')
  if (deduction.state === 'reversed') return yes(deductionOf(deduction))
  const voucher = nextNumber(state, 'PZ')
  deduction.state = 'reversed'
  deduction.reversalVoucherNumber = voucher
  takeBack(state, deduction.givenBack)
  const { patid, refundNumber, rechargeId } = deduction
  bookEntry(state, {
    hisNumber: voucher,
    kind: 'reversal',
    patid,
    amount,
    refundNumber,
    ...originOf(state, rechargeId),
    bookedAt: new Date(nowMs).toISOString(),
  })
  return yes(deductionOf(deduction))
}
