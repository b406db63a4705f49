import type { HospitalId } from '@zhangyi/core'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { changeLeg } from './change-leg.ts'
import { closePayout } from './close-payout.ts'
import { caseOf } from './find-leg.ts'

/** Nobody tried again in time: the application ends, and with it the number that never became a bill. */
export function lapseLeg(room: RefundsRoom, hospitalId: HospitalId, leg: LegRow): Promise<LegRow> {
  const nowMs = room.clock.nowMs()
  return room.database.inTransaction(hospitalId, async (tx) => {
    const { retry_until_ms } = await caseOf(tx, leg)
    if (retry_until_ms !== null && nowMs < retry_until_ms) return leg
    const lapsed = await changeLeg(tx, leg, { happening: 'lapsed', nowMs })
    if (lapsed) await closePayout(tx, room, leg)
    return lapsed ?? leg
  })
}
