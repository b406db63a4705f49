import { MINUTE_MS } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../database/tx.ts'
import { inDays, timesOf } from '../../operators/list-page.ts'
import type { CallWish } from './call-wish.ts'

export interface CallRow {
  readonly id: number
  readonly started_at_ms: number
  readonly duration_ms: number
  readonly platform: string
  readonly operation: string
  readonly request_id: string
  readonly trace_id: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
}

/** A call is stored when it ended, so its number comes about when it began: this much earlier or later. */
const SLACK_MS = 15 * MINUTE_MS

/** Newest first. A day is found by its first and last number, so that a page costs the same on every day of ten years. */
export async function listCalls(tx: Tx, wish: CallWish, limit: number): Promise<readonly CallRow[]> {
  const { platform, operation, outcome, number, before } = wish
  const { fromMs, untilMs } = timesOf(wish)
  const conditions = [
    sql`hospital_id = ${tx.hospitalId}`,
    before !== undefined && sql`id < ${before}`,
    platform !== undefined && sql`platform = ${platform}`,
    operation !== undefined && sql`starts_with(operation, ${operation})`,
    outcome === 'trouble' && sql`outcome <> 'yes'`,
    outcome !== undefined && outcome !== 'trouble' && sql`outcome = ${outcome}`,
    // What is not yes is rare: its own index is named as the index is.
    (outcome === 'no' || outcome === 'unknown') && sql`outcome <> 'yes'`,
    number !== undefined &&
      sql`id IN (SELECT id FROM outside_call WHERE hospital_id = ${tx.hospitalId} AND request_id = ${number}
        UNION SELECT id FROM outside_call WHERE hospital_id = ${tx.hospitalId} AND trace_id = ${number})`,
    untilMs !== undefined && sql`id <= ${edge(tx, untilMs + SLACK_MS, 'last')}`,
    fromMs !== undefined && sql`id >= ${edge(tx, fromMs - SLACK_MS, 'first')}`,
  ].filter((condition) => condition !== false)
  const times = inDays(sql`started_at_ms`, wish)
  // The fence keeps the times out of the choice of an index: guessed together with the numbers they look so rare that the
  // planner reads and sorts the whole day, or the whole table.
  const { rows } = await sql<CallRow>`
    SELECT * FROM (
      SELECT id, started_at_ms, duration_ms, platform, operation, request_id, trace_id, outcome, code
      FROM outside_call WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY id DESC${times.length > 0 ? sql` OFFSET 0` : sql``}
    ) AS call${times.length > 0 ? sql` WHERE ${sql.join(times, sql` AND `)}` : sql``}
    ORDER BY id DESC LIMIT ${limit}`.execute(tx.sql)
  return rows
}

/**
 * The number at an edge of a time, by the index of times. Whole in a query of its own: around one, row-level security holds
 * `coalesce` for something that could leak, and the bound would not reach the index.
 */
function edge({ hospitalId }: Tx, atMs: number, which: 'first' | 'last') {
  return which === 'last'
    ? sql`(SELECT coalesce((SELECT id FROM outside_call WHERE hospital_id = ${hospitalId} AND started_at_ms < ${atMs}
        ORDER BY started_at_ms DESC LIMIT 1), 0))`
    : sql`(SELECT coalesce((SELECT id FROM outside_call WHERE hospital_id = ${hospitalId} AND started_at_ms >= ${atMs}
        ORDER BY started_at_ms LIMIT 1), 9223372036854775807))`
}

export interface CallDetail extends CallRow {
  readonly request: Readonly<Record<string, unknown>>
  readonly reply: Readonly<Record<string, unknown>> | null
}

export async function findCall(tx: Tx, id: number): Promise<CallDetail | undefined> {
  const { rows } = await sql<CallDetail>`
    SELECT id, started_at_ms, duration_ms, platform, operation, request_id, trace_id, outcome, code, request, reply
    FROM outside_call WHERE hospital_id = ${tx.hospitalId} AND id = ${id}`.execute(tx.sql)
  return rows[0]
}
