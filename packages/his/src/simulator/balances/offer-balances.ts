import type { HisBalances } from '../../balances.ts'
import { HisError } from '../../port.ts'
import { inRange } from '../day-range.ts'
import type { Desk } from '../open-desk.ts'
import { weighBalance } from './weigh-balance.ts'

export function offerBalances({ state, read }: Desk): HisBalances {
  return {
    of: (patid) =>
      read('balances.of', () => {
        if (!state.archives.some((archive) => archive.patid === patid))
          throw new HisError('refused', 'patid-unknown', 'balances.of: no such archive')
        return weighBalance(state, patid)
      }),
    recharges: (query) =>
      read('balances.recharges', () =>
        state.recharges
          .filter(({ patid, paidAt }) => patid === query.patid && inRange(paidAt, query))
          .sort((left, right) => Date.parse(left.paidAt) - Date.parse(right.paidAt)),
      ),
  }
}
