import type { DepositHold, HoldRequest } from '../../deposits.ts'
import type { GivenBack } from '../balances/give-back.ts'

export interface KeptHold extends HoldRequest {
  readonly holdId: string
  /** The key that `status` is asked with. */
  readonly requestKey: string
  state: DepositHold['state']
  /** Under which the money was paid out. */
  refundNumber?: string
  givenBack?: readonly GivenBack[]
}

export function holdOf({ holdId, patid, amount, state }: KeptHold): DepositHold {
  return { holdId, patid, amount, state }
}
