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
 * Stores what became of a flight's events: those with the same end by one statement, and in a good hour that is one. The
 * caller took the flight off the list.
 */
export async function settleFlight(
  tx: Tx,
  { day, sentAtMs }: Pick<Flight, 'day' | 'sentAtMs'>,
  settled: readonly Settlement[],
): Promise<void> {
  const alike = Map.groupBy(settled, ({ judgement, code }) => JSON.stringify([judgement, code]))
  for (const group of alike.values()) await settleAlike(tx, day, sentAtMs, group)
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
