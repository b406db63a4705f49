import type { HospitalId } from '@zhangyi/core'
import { logFailure } from '../legs/log-failure.ts'
import { workOnLeg } from '../legs/work-on-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow, LegRow } from '../tables.ts'

/** Goes on with the legs of a case while its patient waits, one after the other. What fails, the background takes over. */
export async function workOnCase(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { of, legs }: { readonly of: CaseRow; readonly legs: readonly LegRow[] },
): Promise<void> {
  for (const leg of legs) {
    if (leg.state === 'no-funds') continue
    try {
      await workOnLeg(room, hospitalId, { leg, of })
    } catch (error) {
      logFailure(room, leg, error)
    }
  }
}
