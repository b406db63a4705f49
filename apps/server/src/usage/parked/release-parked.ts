import { sql } from 'kysely'
import { badInput } from '../../platform/errors/catalogue.ts'
import { notifySignal } from '../../platform/jobs/signals.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { DUE_SIGNAL } from '../store-events.ts'
import { mayCountTwice } from './park-reasons.ts'
import { auditParked, inBatches, type ParkedChoice, parkedIds } from './parked-choice.ts'

/**
 * Sends parked events once more. Where nobody knows what became of them, the operator has to say that counting twice is
 * taken into account; the audit has it.
 */
export async function releaseParked(
  { database, clock }: UsageDesk,
  hospital: UsageHospital,
  operator: string,
  choice: ParkedChoice,
  acceptsCountingTwice: boolean,
): Promise<number> {
  if (choice.reason === 'department-unmapped')
    throw badInput({ field: 'reason', message: '请先填科室代码，填好之后会自动上报' })
  if (mayCountTwice(choice.reason) && !acceptsCountingTwice)
    throw badInput({
      field: 'mayCountTwice',
      message: '平台可能已经计入，重新上报可能被算两次。请先和平台核对，确认之后再勾选',
    })
  const nowMs = clock.nowMs()
  return inBatches(database, hospital, async (tx) => {
    const { rows } = await sql`
      UPDATE usage_event SET state = 'pending', reason = NULL, next_action_at_ms = ${nowMs}, refusals = 0,
        first_refused_at_ms = NULL
      WHERE hospital_id = ${tx.hospitalId} AND day = ${choice.day}::date AND content IS NOT NULL
        AND id = ANY (${parkedIds(tx, choice, nowMs)})
      RETURNING 1`.execute(tx.sql)
    if (rows.length > 0) notifySignal(tx, DUE_SIGNAL, `${tx.hospitalId} ${choice.day}`)
    await auditParked(tx, operator, 'usage.released', choice, rows.length, nowMs)
    return rows.length
  })
}
