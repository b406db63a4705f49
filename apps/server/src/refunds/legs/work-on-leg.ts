import { assertNever, type HospitalId } from '@zhangyi/core'
import { sendOrdered } from '../../payments/index.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { becomeTask } from './become-task.ts'
import { confirmSum } from './confirm-sum.ts'
import { findLeg, type LegOfCase } from './find-leg.ts'
import { holdSum } from './hold-sum.ts'
import { lapseLeg } from './lapse-leg.ts'
import { isEnd } from './leg-states.ts'
import { releaseSum } from './release-sum.ts'
import { remindPatient } from './remind-patient.ts'

/** Enough for hold, payment, release; each step either changes the state or ends this. */
const MAX_STEPS = 6

/**
 * Goes on with a leg as far as it can at this moment: the patient waits for it, or the background found it due. What
 * rests with WeChat or the patient is left to the payments room.
 */
export async function workOnLeg(room: RefundsRoom, hospitalId: HospitalId, work: LegOfCase): Promise<LegRow> {
  let { leg } = work
  for (let step = 0; step < MAX_STEPS; step++) {
    const after = await takeStep(room, hospitalId, { leg, of: work.of })
    if (after.state === leg.state || isEnd(after.state)) return after
    // A leg that came to rest is looked at when its time comes, and not because it came there.
    if (after.state === 'paying' || after.state === 'one-sided' || after.state === 'no-funds') return after
    leg = after
  }
  return leg
}

async function takeStep(room: RefundsRoom, hospitalId: HospitalId, work: LegOfCase): Promise<LegRow> {
  const { leg } = work
  switch (leg.state) {
    case 'no-funds':
      return lapseLeg(room, hospitalId, leg)
    case 'holding': {
      const { leg: held, ordered } = await holdSum(room, hospitalId, work)
      if (!ordered) return held
      const { state } = await sendOrdered(room, hospitalId, ordered)
      // No end of it is known, so the leg still pays.
      if (state === 'under-way' || state === 'to-confirm') return held
      return (await room.database.read(hospitalId, (tx) => findLeg(tx, leg.id))) ?? held
    }
    case 'confirming':
      return confirmSum(room, hospitalId, leg)
    case 'releasing':
      return releaseSum(room, hospitalId, leg)
    case 'paying':
      return remindPatient(room, hospitalId, leg)
    case 'one-sided':
      return becomeTask(room, hospitalId, leg)
    case 'paid':
    case 'settled-at-window':
    case 'released':
    case 'refused':
    case 'lapsed':
      return leg
    default:
      return assertNever(leg.state, 'state')
  }
}
