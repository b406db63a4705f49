import { fen, type HospitalId } from '@zhangyi/core'
import { findTransfer, freeFunds, postJournal } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { askStatus, askToRelease, canRelease } from './ask-his.ts'
import { changeLeg, lookAgain } from './change-leg.ts'
import { closePayout } from './close-payout.ts'
import { problemOf, stateOf } from './confirm-sum.ts'
import { caseOf } from './find-leg.ts'
import { ALARM_AFTER_MS, backoffMs } from './own-time.ts'

/**
 * Gives the sum back to the balance, after a query proved that nothing was paid and nothing can be. Told again until
 * the HIS has it; one that says that it was paid out is an alarm.
 */
export async function releaseSum(room: RefundsRoom, hospitalId: HospitalId, leg: LegRow): Promise<LegRow> {
  if (!canRelease(room, hospitalId, leg))
    return room.database.inTransaction(hospitalId, (tx) => strand(tx, room, leg))
  const isUnpaid = await room.database.inTransaction(hospitalId, (tx) => endPayout(tx, room, leg))
  if (!isUnpaid) return leg
  const outcome = await askToRelease(room, hospitalId, leg)
  const said = outcome.kind === 'yes' ? outcome.value.state : stateOf(await askStatus(room, hospitalId, leg))
  const nowMs = room.clock.nowMs()
  return room.database.inTransaction(hospitalId, async (tx) => {
    if (said === 'given-back') return giveBack(tx, room, leg)
    const problem = said === 'paid-out' ? 'contradicted: paid out' : problemOf(outcome)
    lookAgain(tx, leg, { last_problem: problem, next_action_at_ms: nowMs + backoffMs(leg.tries) })
    if (said === 'paid-out' || nowMs - leg.changed_at_ms > ALARM_AFTER_MS)
      room.log.error({ leg: leg.id, problem }, 'an unpaid refund that the HIS does not give back')
    return leg
  })
}

/** No number may follow what is given back for good, and nothing is given back that may have been paid after all. */
async function endPayout(tx: Tx, room: RefundsRoom, leg: LegRow): Promise<boolean> {
  const { payout_id, route, after_release } = leg
  if (payout_id === null) return true
  try {
    if (route === 'original' || after_release === 'end') await closePayout(tx, room, leg)
    else if ((await findTransfer(tx, payout_id))?.state !== 'not-funded') throw new Error('a bill exists')
    return true
  } catch (error) {
    const { message } = error as Error
    room.log.error({ leg: leg.id, message }, 'a refund is to be given back that may have been paid')
    lookAgain(tx, leg, {
      last_problem: 'contradicted: may be paid',
      next_action_at_ms: room.clock.nowMs() + backoffMs(leg.tries),
    })
    return false
  }
}

async function giveBack(tx: Tx, room: RefundsRoom, leg: LegRow): Promise<LegRow> {
  const nowMs = room.clock.nowMs()
  const again = leg.after_release === 'retry'
  const { retry_until_ms } = await caseOf(tx, leg)
  const after = await changeLeg(tx, leg, {
    ...{ happening: again ? 'released-to-retry' : 'released', nowMs },
    set: {
      ...{ his_number: null, after_release: null, round: leg.round + 1 },
      ...(again && { next_action_at_ms: Math.max(nowMs, retry_until_ms ?? nowMs) }),
    },
  })
  if (!after) return leg
  postJournal(tx, {
    ...{ posting: `released:${leg.id}:${leg.round}`, caseId: leg.case_id, atMs: nowMs },
    lines: [
      { account: 'deposit-in-transit', amountFen: fen(-leg.amount_fen) },
      { account: 'deposit', amountFen: fen(leg.amount_fen) },
    ],
  })
  if (leg.route === 'transfer') freeFunds(tx, { purpose: 'deposits', subject: leg.id }, nowMs)
  return after
}

/** 不可冲红: the sum stays in transit, and only a reissue helps, or the window. */
async function strand(tx: Tx, { clock, log }: RefundsRoom, leg: LegRow): Promise<LegRow> {
  const nowMs = clock.nowMs()
  const after = await changeLeg(tx, leg, {
    ...{ happening: 'stranded', nowMs, detail: 'no-reversal' },
    set: { after_release: null, one_sided_at_ms: leg.one_sided_at_ms ?? nowMs, task_at_ms: nowMs },
  })
  log.error({ leg: leg.id }, 'an unpaid refund that this HIS cannot give back')
  return after ?? leg
}
