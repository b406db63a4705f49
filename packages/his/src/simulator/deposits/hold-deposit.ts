import { type Outcome, yes } from '@zhangyi/core'
import type { DepositHold, HoldRequest } from '../../deposits.ts'
import { refuseRefund } from '../balances/refuse-refund.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'
import { holdOf, type KeptHold } from './kept-hold.ts'

/** Takes an amount out of what the patient can spend, if it may be paid back. */
export function holdDeposit(
  state: HospitalState,
  { patid, depositId, amount }: HoldRequest,
  requestKey: string,
): Outcome<DepositHold> {
  const refused = refuseRefund(state, { patid, amount, rechargeId: depositId })
  if (refused) return refused
  const hold: KeptHold = {
    holdId: nextNumber(state, 'DJ'),
    patid,
    depositId,
    amount,
    requestKey,
    state: 'held',
  }
  state.holds.push(hold)
  return yes(holdOf(hold))
}
