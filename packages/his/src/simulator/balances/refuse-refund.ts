import { type Fen, type No, no } from '@zhangyi/core'
import type { HospitalState } from '../hospital-state.ts'
import { restOf, weighBalance } from './weigh-balance.ts'

export interface WantedRefund {
  readonly patid: string
  readonly amount: Fen
  readonly rechargeId: string | undefined
}

/** Why the hospital would not pay this back; `undefined` if it would. */
export function refuseRefund(
  state: HospitalState,
  { patid, amount, rechargeId }: WantedRefund,
): No | undefined {
  if (!state.archives.some((archive) => archive.patid === patid))
    return no('patid-unknown', 'no such archive')
  if (!Number.isSafeInteger(amount) || amount <= 0) return no('amount-invalid', 'not an amount to pay back')
  if (amount > weighBalance(state, patid).refundable) return no('insufficient', 'more than may be paid back')
  if (rechargeId === undefined) return undefined
  const recharge = state.recharges.find((one) => one.rechargeId === rechargeId && one.patid === patid)
  if (!recharge) return no('recharge-unknown', 'no such recharge of this archive')
  return amount > restOf(state, recharge)
    ? no('insufficient', 'more than is left of the recharge')
    : undefined
}
