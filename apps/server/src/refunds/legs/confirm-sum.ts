import type { HospitalId } from '@zhangyi/core'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { askStatus, askToConfirm } from './ask-his.ts'
import { changeLeg, lookAgain } from './change-leg.ts'
import { ALARM_AFTER_MS, backoffMs } from './own-time.ts'

/**
 * Tells the HIS that the sum was paid. Whatever it answers, only a hold that is confirmed ends this: it is told again
 * until it is, and a HIS that gave the sum back meanwhile is an alarm, because the patient then has it twice.
 */
export async function confirmSum(room: RefundsRoom, hospitalId: HospitalId, leg: LegRow): Promise<LegRow> {
  const outcome = await askToConfirm(room, hospitalId, leg)
  const said = outcome.kind === 'yes' ? outcome.value.state : stateOf(await askStatus(room, hospitalId, leg))
  const nowMs = room.clock.nowMs()
  return room.database.inTransaction(hospitalId, async (tx) => {
    if (said === 'paid-out') return (await changeLeg(tx, leg, { happening: 'confirmed', nowMs })) ?? leg
    const problem = said === 'given-back' ? 'contradicted: given back' : problemOf(outcome)
    lookAgain(tx, leg, { last_problem: problem, next_action_at_ms: nowMs + backoffMs(leg.tries) })
    if (said === 'given-back' || nowMs - leg.changed_at_ms > ALARM_AFTER_MS)
      room.log.error({ leg: leg.id, problem }, 'a paid refund that the HIS does not confirm')
    return leg
  })
}

/** Also of a release. */
export function stateOf(status: Awaited<ReturnType<typeof askStatus>>) {
  return typeof status === 'object' ? status.state : status
}

export function problemOf(outcome: Awaited<ReturnType<typeof askToConfirm>>): string {
  switch (outcome.kind) {
    case 'yes':
      return `state ${outcome.value.state}`
    case 'no':
      return `no: ${outcome.code}`
    case 'unknown':
      return `unknown: ${outcome.cause}`
  }
}
