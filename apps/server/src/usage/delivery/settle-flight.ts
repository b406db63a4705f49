import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { Flight } from './claim-batch.ts'
import type { Judgement } from './judge-answer.ts'

export interface Settlement {
  readonly id: number
  readonly judgement: Judgement
  /** Absent where nobody lived to see an answer. */
  readonly tookMs: number | null
  readonly requestId: string | null
  readonly code: string
}

/**
 * Stores what became of a flight: events with the same end by one statement, and in a good hour that is one. False, and
 * nothing is stored, if the flight was given up for lost meanwhile: its events may be on the wire again.
 */
export async function settleFlight(
  tx: Tx,
  { id, day, sentAtMs }: Omit<Flight, 'events'>,
  settled: readonly Settlement[],
): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM usage_flight WHERE hospital_id = ${tx.hospitalId} AND id = ${id} RETURNING 1`.execute(tx.sql)
  if (rows.length === 0) return false
  const alike = Map.groupBy(settled, ({ judgement, code }) => JSON.stringify([judgement, code]))
  for (const group of alike.values()) await settleAlike(tx, day, sentAtMs, group)
  return true
}

async function settleAlike(
  tx: Tx,
  day: string,
  sentAtMs: number,
  group: readonly Settlement[],
): Promise<void> {
  const [first] = group
  if (!first) return
  const { judgement, code } = first
  const ids = group.map(({ id }) => id)
  // By position and not by a join: without statistics, as a day is in its first minutes, the planner reads a whole day
  // for a join.
  const own = (values: readonly unknown[], type: 'integer' | 'text') =>
    sql`(${values}::${sql.raw(type)}[])[array_position(${ids}::bigint[], event.id)]`
  await sql`
    UPDATE usage_event AS event
    SET state = ${judgement.state}, next_action_at_ms = ${judgement.nextActionAtMs}, reason = ${judgement.reason},
      refusals = ${judgement.refusals}, unknowns = ${judgement.unknowns}, late = ${judgement.late},
      first_refused_at_ms = ${judgement.firstRefusedAtMs}, code = ${code}, attempts = attempts + 1,
      sent_at_ms = ${sentAtMs},
      took_ms = ${own(
        group.map(({ tookMs }) => tookMs),
        'integer',
      )},
      request_id = ${own(
        group.map(({ requestId }) => requestId),
        'text',
      )}
    WHERE event.hospital_id = ${tx.hospitalId} AND event.day = ${day}::date AND event.id = ANY (${ids}::bigint[])
      AND event.state = 'pending'`.execute(tx.sql)
}
