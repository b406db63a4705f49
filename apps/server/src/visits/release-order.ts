import type { HospitalId, Outcome } from '@zhangyi/core'
import { changeOrder, lookAgain } from './change-order.ts'
import { type OrderRow, requestKey } from './order-row.ts'
import { backoffMs } from './own-time.ts'
import { appointmentsOf, type VisitsRoom } from './room.ts'

/** Gives the slot back, if one is kept. A HIS that does not answer lets go of it by itself when the lock ends. */
export async function releaseOrder(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const { lock_id: lockId, lock_expires_at_ms: endsMs } = order
  const kept = lockId !== null && endsMs !== null && room.clock.nowMs() < endsMs
  const outcome: Outcome<void> | undefined = kept
    ? await appointmentsOf(room, { hospitalId }).unlock(lockId, requestKey(order, 'unlock'))
    : undefined
  await room.database.inTransaction(hospitalId, async (tx) => {
    const nowMs = room.clock.nowMs()
    if (outcome?.kind === 'unknown')
      return lookAgain(tx, order, {
        last_problem: `unknown ${outcome.cause}`,
        // Never later than it ends by itself.
        next_action_at_ms: Math.min(nowMs + backoffMs(order.tries), endsMs ?? nowMs),
      })
    // A lock that the HIS does not want to give up ends by itself, too: nothing more can be done about it.
    await changeOrder(tx, order, 'released', { changed_at_ms: nowMs })
  })
}
