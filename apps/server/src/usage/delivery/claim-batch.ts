import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { UsageTables } from '../tables.ts'

export type DueEvent = Pick<
  UsageTables['usage_event'],
  'id' | 'occurred_at_ms' | 'attempts' | 'refusals' | 'unknowns' | 'first_refused_at_ms'
> & { readonly content: Buffer; readonly next_action_at_ms: number }

/** Events that are on the wire together. */
export interface Flight {
  readonly id: number
  readonly day: string
  readonly sentAtMs: number
  readonly events: readonly DueEvent[]
}

/** Where the last claim of a day ended: what lies before was finished, and need not be walked over again. */
export interface Cursor {
  readonly dueAtMs: number
  readonly id: number
}
export const FROM_START: Cursor = { dueAtMs: 0, id: 0 }

export interface Claim {
  readonly day: string
  readonly after: Cursor
  readonly count: number
  readonly leaseMs: number
  readonly nowMs: number
}

/**
 * Takes due events of one day, oldest first, under the hospital's gate, which the caller has locked: so nobody else
 * claims meanwhile. From the commit on they count as sent: if this process dies, nobody knows. One row says so for all
 * of them; the events themselves are written once, with their answers.
 */
export async function claimBatch(
  tx: Tx,
  { day, after, count, leaseMs, nowMs }: Claim,
): Promise<Flight | undefined> {
  const { rows: events } = await sql<DueEvent>`
    SELECT id, occurred_at_ms, attempts, refusals, unknowns, first_refused_at_ms, next_action_at_ms, content
    FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND next_action_at_ms <= ${nowMs}
      AND (next_action_at_ms, id) > (${after.dueAtMs}, ${after.id})
      AND id <> ALL (ARRAY(SELECT unnest(event_ids) FROM usage_flight WHERE hospital_id = ${tx.hospitalId}))
    ORDER BY next_action_at_ms, id LIMIT ${count}`.execute(tx.sql)
  if (events.length === 0) return undefined
  const flight = { id: randomInt(1, 2 ** 47), day, sentAtMs: nowMs, events }
  await sql`
    INSERT INTO usage_flight (hospital_id, id, day, event_ids, sent_at_ms, lease_until_ms)
    VALUES (${tx.hospitalId}, ${flight.id}, ${day}, ${events.map(({ id }) => id)}, ${nowMs}, ${nowMs + leaseMs})`.execute(
    tx.sql,
  )
  return flight
}

export interface DueDays {
  /** The newest first. */
  readonly days: readonly string[]
  /** When the first of the others becomes due; at the latest then somebody has to look. */
  readonly nextAtMs: number | undefined
}

/** Days that have something due. From day to day by the index, however many events wait. */
export async function dueDays(tx: Tx, nowMs: number): Promise<DueDays> {
  const open = sql`usage_event WHERE hospital_id = ${tx.hospitalId} AND next_action_at_ms IS NOT NULL`
  const { rows } = await sql<{ day: string; first_ms: number; next_ms: number | null }>`
    WITH RECURSIVE open_day (day) AS (
      SELECT min(day) FROM ${open}
      UNION ALL
      SELECT (SELECT min(day) FROM ${open} AND day > open_day.day) FROM open_day WHERE open_day.day IS NOT NULL)
    SELECT day::text AS day,
      (SELECT min(next_action_at_ms) FROM ${open} AND day = open_day.day) AS first_ms,
      (SELECT min(next_action_at_ms) FROM ${open} AND day = open_day.day AND next_action_at_ms > ${nowMs}) AS next_ms
    FROM open_day WHERE day IS NOT NULL ORDER BY day DESC`.execute(tx.sql)
  const later = rows.flatMap(({ next_ms }) => next_ms ?? [])
  return {
    days: rows.flatMap(({ day, first_ms }) => (first_ms <= nowMs ? [day] : [])),
    nextAtMs: later.length > 0 ? Math.min(...later) : undefined,
  }
}
