import { type HospitalId, no, type Outcome, unknown, yes } from '@zhangyi/core'
import { HisError } from '@zhangyi/his'
import { type HisAnswer, type OrderRow, requestKey } from './order-row.ts'
import { DENIAL_GRACE_MS } from './own-time.ts'
import { appointmentsOf, feesOf, type VisitsRoom } from './room.ts'

/**
 * What became of a booking or posting, asked with the very key it was asked under. That the HIS never received it is a
 * "no" only some time after it was sent; no answer is no answer.
 */
export async function queryPosting(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<HisAnswer>> {
  const key = requestKey(order, 'book')
  try {
    const found: HisAnswer | undefined =
      order.kind === 'outpatient-fee'
        ? await feesOf(room, { hospitalId }).status(key)
        : await appointmentsOf(room, { hospitalId }).status(key)
    if (found) return yes(found)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    return unknown(error.code)
  }
  return room.clock.nowMs() - (order.asked_at_ms ?? 0) < DENIAL_GRACE_MS
    ? unknown('denied-early')
    : no('never-received', 'the HIS does not know the request')
}
