import { DAY_MS, type HospitalId } from '@zhangyi/core'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { lookAgain } from './change-leg.ts'
import { lockLeg } from './find-leg.ts'
import { setTimer } from './set-timer.ts'

/** 单边订单 that nobody claimed for days: a clerk has to reissue it, or give it back to the balance. */
export function becomeTask(room: RefundsRoom, hospitalId: HospitalId, seen: LegRow): Promise<LegRow> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    const leg = await lockLeg(tx, seen.id)
    if (leg.state !== 'one-sided' || leg.task_at_ms !== null) return leg
    const nowMs = room.clock.nowMs()
    const { unclaimedDays } = hospitalOf(room, { hospitalId }).refunds.face
    const dueMs = (leg.one_sided_at_ms ?? leg.changed_at_ms) + unclaimedDays * DAY_MS
    if (nowMs < dueMs) {
      lookAgain(tx, leg, { last_problem: null, next_action_at_ms: dueMs })
      return leg
    }
    room.log.warn({ leg: leg.id }, 'a refund that nobody claimed waits for a clerk')
    return setTimer(tx, leg, { task_at_ms: nowMs, next_action_at_ms: null })
  })
}
