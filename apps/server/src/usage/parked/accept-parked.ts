import { sql } from 'kysely'
import { badInput } from '../../platform/errors/catalogue.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import { auditParked, inBatches, type ParkedChoice, parkedIds } from './parked-choice.ts'

/** The `code` of events that a person found at the platform. The reason for which they were parked stays beside it. */
export const BY_HAND = 'by-hand'

/** Marks parked events as delivered, after an operator found them counted at the platform's console. */
export async function acceptParked(
  { database, clock }: UsageDesk,
  hospital: UsageHospital,
  operator: string,
  choice: ParkedChoice,
): Promise<number> {
  if (choice.reason === 'department-unmapped')
    throw badInput({ field: 'reason', message: '这些事件还没有上报过，不能确认计入；请填科室代码' })
  const nowMs = clock.nowMs()
  return inBatches(database, hospital, async (tx) => {
    const { rows } = await sql`
      UPDATE usage_event SET state = 'delivered', code = ${BY_HAND}
      WHERE hospital_id = ${tx.hospitalId} AND day = ${choice.day}::date AND id = ANY (${parkedIds(tx, choice, nowMs)})
      RETURNING 1`.execute(tx.sql)
    await auditParked(tx, operator, 'usage.accepted', choice, rows.length, nowMs)
    return rows.length
  })
}
