import type { HospitalId } from '@zhangyi/core'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { lookAgain } from './change-leg.ts'
import { backoffMs } from './own-time.ts'

/**
 * Work on a leg threw, e.g. because the settings of the merchant are gone: nothing was stored, and it is tried again more
 * and more rarely. What the HIS may hold meanwhile is shown to people with this.
 */
export function noteFailure(
  room: Pick<RefundsRoom, 'clock' | 'database'>,
  hospitalId: HospitalId,
  leg: Pick<LegRow, 'id' | 'state' | 'tries'>,
  error: unknown,
): Promise<void> {
  const { name, code } = error as Error & { code?: string }
  return room.database.inTransaction(hospitalId, async (tx) =>
    lookAgain(tx, leg, {
      last_problem: `failed: ${code ?? name}`,
      next_action_at_ms: room.clock.nowMs() + backoffMs(leg.tries),
    }),
  )
}
