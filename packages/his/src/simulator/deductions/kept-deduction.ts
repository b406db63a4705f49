import type { Deduction, DeductionRequest } from '../../deductions.ts'
import type { GivenBack } from '../balances/give-back.ts'

export interface KeptDeduction extends DeductionRequest {
  readonly deductionId: string
  /** The key that `status` is asked with. */
  readonly requestKey: string
  readonly voucherNumber: string
  readonly givenBack: readonly GivenBack[]
  state: Deduction['state']
  reversalVoucherNumber?: string
}

export function deductionOf(kept: KeptDeduction): Deduction {
  const { deductionId, patid, amount, voucherNumber, state, reversalVoucherNumber } = kept
  return { deductionId, patid, amount, voucherNumber, state, reversalVoucherNumber }
}
