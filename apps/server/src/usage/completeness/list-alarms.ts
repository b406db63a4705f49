import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'
import type { AlarmCounts } from './alarms.ts'

export interface Alarm extends AlarmCounts {
  readonly day: string
  readonly time: string
  readonly raisedAtMs: number
}

const MOST = 100

/** Alarms that nobody has seen to yet, the newest first. */
export async function openAlarms(tx: Tx): Promise<readonly Alarm[]> {
  const { rows } = await sql<Alarm>`
    SELECT day::text AS day, at_time AS time, raised_at_ms AS "raisedAtMs", pending, parked, unmapped, missing
    FROM usage_alarm
    WHERE hospital_id = ${tx.hospitalId} AND seen_at_ms IS NULL AND pending + parked + unmapped + missing > 0
    ORDER BY day DESC, at_time DESC LIMIT ${MOST}`.execute(tx.sql)
  return rows
}

/** An operator has seen to it. False for one that is none, or was seen before. */
export function seeAlarm(
  { database, clock }: Pick<UsageDesk, 'database' | 'clock'>,
  hospital: UsageHospital,
  operator: string,
  { day, time }: { readonly day: string; readonly time: string },
): Promise<boolean> {
  const nowMs = clock.nowMs()
  return database.inTransaction(hospital.id, async (tx) => {
    const { rows } = await sql`
      UPDATE usage_alarm SET seen_by = ${operator}, seen_at_ms = ${nowMs}
      WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND at_time = ${time} AND seen_at_ms IS NULL
      RETURNING 1`.execute(tx.sql)
    if (rows.length > 0)
      recordAudit(tx, {
        ...{ atMs: nowMs, actor: `operator:${operator}`, action: 'usage.alarm-seen' },
        ...{ subject: `${day} ${time}`, traceId: currentTraceId() },
      })
    return rows.length > 0
  })
}
