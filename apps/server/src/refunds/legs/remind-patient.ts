import type { HospitalId } from '@zhangyi/core'
import { findTransfer } from '../../payments/index.ts'
import { reminderOccasion, tellPatient } from '../notify/tell-patient.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { lookAgain } from './change-leg.ts'
import { caseOf, lockLeg } from './find-leg.ts'
import { REMIND_AFTER_MS } from './own-time.ts'
import { setTimer } from './set-timer.ts'

/** WeChat tells the patient nothing while it waits for the confirmation: we do, twice. */
export function remindPatient(room: RefundsRoom, hospitalId: HospitalId, seen: LegRow): Promise<LegRow> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    const leg = await lockLeg(tx, seen.id)
    if (leg.state !== 'paying') return leg
    const transfer = leg.payout_id === null ? undefined : await findTransfer(tx, leg.payout_id)
    const sinceMs = transfer?.state === 'to-confirm' ? transfer.sentAtMs : undefined
    const dueMs = reminderDue(sinceMs, leg.reminded)
    if (dueMs === undefined || room.clock.nowMs() < dueMs) {
      lookAgain(tx, leg, { last_problem: null, next_action_at_ms: dueMs ?? null })
      return leg
    }
    const reminded = leg.reminded + 1
    await tellPatient(tx, room, {
      of: await caseOf(tx, leg),
      leg,
      kind: 'reminder',
      occasion: reminderOccasion(transfer?.number ?? '', reminded),
    })
    return setTimer(tx, leg, { reminded, next_action_at_ms: reminderDue(sinceMs, reminded) ?? null })
  })
}

/** When the next reminder is due; undefined: none is left, or WeChat does not wait. */
export function reminderDue(sinceMs: number | undefined, reminded: number): number | undefined {
  const after = REMIND_AFTER_MS[reminded]
  return sinceMs === undefined || after === undefined ? undefined : sinceMs + after
}
