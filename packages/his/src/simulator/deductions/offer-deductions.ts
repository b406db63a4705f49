import type { HisDeductions } from '../../deductions.ts'
import type { Desk } from '../open-desk.ts'
import { deductBalance, reverseDeduction } from './deduct-balance.ts'
import { deductionOf } from './kept-deduction.ts'

export function offerDeductions(desk: Desk, withReversal: boolean): HisDeductions {
  const { state, clock, read, change } = desk
  const always: HisDeductions = {
    deduct: (request, requestKey) =>
      change('deductions.deduct', requestKey, request, () =>
        deductBalance(state, request, requestKey, clock.nowMs()),
      ),
    status: (deductRequestKey) =>
      read('deductions.status', () => {
        const deduction = state.deductions.find(({ requestKey }) => requestKey === deductRequestKey)
        return deduction && deductionOf(deduction)
      }),
  }
  if (!withReversal) return always
  return {
    ...always,
    reverse: (request, requestKey) =>
      change('deductions.reverse', requestKey, request, () =>
        reverseDeduction(state, request, clock.nowMs()),
      ),
  }
}
