import { isHeld } from '../legs/leg-states.ts'
import type { LegRow } from '../tables.ts'

/** What became of the sum of a leg with the HIS, in fen: held = confirmed + released + in transit.
 * What was handed over at the window is out of the HIS for good, as what it confirmed. */
export interface LegSums {
  readonly heldFen: number
  readonly confirmedFen: number
  readonly releasedFen: number
  readonly inTransitFen: number
}

export function sumsOf({ state, amount_fen }: Pick<LegRow, 'state' | 'amount_fen'>): LegSums {
  const inTransitFen = isHeld(state) ? amount_fen : 0
  const confirmedFen = state === 'paid' || state === 'settled-at-window' ? amount_fen : 0
  const releasedFen = state === 'released' ? amount_fen : 0
  return { heldFen: inTransitFen + confirmedFen + releasedFen, confirmedFen, releasedFen, inTransitFen }
}
