import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { UsageTables } from '../tables.ts'
import type { Gate } from './gate.ts'

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
  readonly move: GateMove
}

/** The gate after nothing was taken, after one event was, and by how much each further one moves it. */
export interface GateMove {
  readonly none: Gate
  readonly one: Gate
  readonly intervalMs: number
}

/**
 * Takes due events of one day, oldest first, under the hospital's gate, which the caller has locked: so nobody else
 * claims meanwhile. From the commit on they count as sent: if this process dies, nobody knows. One row says so for all
 * of them; the events themselves are written once, with their answers. All in one statement, the gate as well: each way
 * to the database costs a busy process some milliseconds.
 */
export async function claimBatch(
  tx: Tx,
  { day, after, count, leaseMs, nowMs, move: { none, one, intervalMs } }: Claim,
): Promise<Flight | undefined> {
  const id = randomInt(1, 2 ** 47)
  const { rows: events } = await sql<DueEvent>`
    WITH due AS MATERIALIZED (
      SELECT id, occurred_at_ms, attempts, refusals, unknowns, first_refused_at_ms, next_action_at_ms, content
      FROM usage_event
      WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND next_action_at_ms <= ${nowMs}
        AND (next_action_at_ms, id) > (${after.dueAtMs}, ${after.id})
        AND id <> ALL (ARRAY(SELECT unnest(event_ids) FROM usage_flight WHERE hospital_id = ${tx.hospitalId}))
      ORDER BY next_action_at_ms, id LIMIT ${count}),
    flight AS (
      INSERT INTO usage_flight (hospital_id, id, day, event_ids, sent_at_ms, lease_until_ms)
      SELECT ${tx.hospitalId}, ${id}, ${day}::date, array_agg(id), ${nowMs}, ${nowMs + leaseMs}::bigint
      FROM due HAVING count(*) > 0),
    gate AS (
      UPDATE usage_gate SET failures = ${none.failures}, last_yes_at_ms = ${none.last_yes_at_ms},
        last_problem = ${none.last_problem}, last_problem_at_ms = ${none.last_problem_at_ms},
        free_at_ms = CASE WHEN taken = 0 THEN ${none.free_at_ms}::float8
          ELSE ${one.free_at_ms}::float8 + (taken - 1) * ${intervalMs}::float8 END,
        open_until_ms = CASE WHEN taken = 0 THEN ${none.open_until_ms}::bigint ELSE ${one.open_until_ms}::bigint END
      FROM (SELECT count(*) AS taken FROM due) AS counted
      WHERE hospital_id = ${tx.hospitalId})
    SELECT * FROM due ORDER BY next_action_at_ms, id`.execute(tx.sql)
  return events.length === 0 ? undefined : { id, day, sentAtMs: nowMs, events }
}

/** When the first open event of a day is due. A day at a time: planned for all of them it costs twenty times as much. */
export async function nextDueAt(tx: Tx, day: string): Promise<number | undefined> {
  const { rows } = await sql<{ at_ms: number }>`
    SELECT next_action_at_ms AS at_ms FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND next_action_at_ms IS NOT NULL
      AND id <> ALL (ARRAY(SELECT unnest(event_ids) FROM usage_flight WHERE hospital_id = ${tx.hospitalId}))
    ORDER BY next_action_at_ms, id LIMIT 1`.execute(tx.sql)
  return rows[0]?.at_ms
}

export interface OpenDays {
  /** Days that have something due, the newest first. */
  readonly due: readonly string[]
  /** When the first of the other days has something due; at the latest then somebody has to look. */
  readonly nextAtMs: number | undefined
}

/** From day to day by the index, one row of each, however many events wait. */
export async function openDays(tx: Tx, nowMs: number): Promise<OpenDays> {
  const { rows } = await sql<{ day: string; at_ms: number }>`
    WITH RECURSIVE open_day (day, at_ms) AS (
      SELECT '-infinity'::date, NULL::bigint
      UNION ALL
      SELECT next.day, next.next_action_at_ms FROM open_day, LATERAL (
        SELECT day, next_action_at_ms FROM usage_event
        WHERE hospital_id = ${tx.hospitalId} AND next_action_at_ms IS NOT NULL AND day > open_day.day
        ORDER BY day, next_action_at_ms, id LIMIT 1) AS next)
    SELECT day::text AS day, at_ms FROM open_day WHERE at_ms IS NOT NULL ORDER BY open_day.day DESC`.execute(
    tx.sql,
  )
  const later = rows.flatMap(({ at_ms }) => (at_ms > nowMs ? [at_ms] : []))
  return {
    due: rows.flatMap(({ day, at_ms }) => (at_ms <= nowMs ? [day] : [])),
    nextAtMs: later.length > 0 ? Math.min(...later) : undefined,
  }
}
