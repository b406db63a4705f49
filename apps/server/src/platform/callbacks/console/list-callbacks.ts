import { sql } from 'kysely'
import type { Tx } from '../../database/tx.ts'
import { inDays, type ListDays, timesOf } from '../../operators/list-page.ts'
import type { CallbackOutcome, SignatureResult } from '../record-callback.ts'

export interface CallbackWish extends ListDays {
  readonly platform?: string | undefined
  /** `trouble`: refused, or about nothing of ours. */
  readonly outcome?: CallbackOutcome | 'trouble' | undefined
  /** The number that it is about, or a trace number. */
  readonly number?: string | undefined
  /** The last one of the page before: callbacks have their order by their number alone. */
  readonly before?: number | undefined
}

export interface CallbackRow {
  readonly id: number
  readonly received_at_ms: number
  readonly platform: string
  readonly kind: string
  readonly signature: SignatureResult
  readonly number: string
  readonly outcome: CallbackOutcome
  readonly code: string
  readonly trace_id: string
  readonly facts: Readonly<Record<string, string | number | null>>
}

const COLUMNS = sql`id, received_at_ms, platform, kind, signature, number, outcome, code, trace_id, facts`
/** Numbers are given out in the order of time, but for what was stored at once. */
const SLACK_MS = 60_000

/** Newest first; a day is found by its first and last id. */
export async function listCallbacks(
  tx: Tx,
  wish: CallbackWish,
  limit: number,
): Promise<readonly CallbackRow[]> {
  const { platform, outcome, number, before } = wish
  const { fromMs, untilMs } = timesOf(wish)
  const hospital = sql`hospital_id = ${tx.hospitalId}`
  const conditions = [
    hospital,
    before !== undefined && sql`id < ${before}`,
    platform !== undefined && sql`platform = ${platform}`,
    outcome === 'trouble' && sql`outcome IN ('refused', 'foreign')`,
    outcome !== undefined && outcome !== 'trouble' && sql`outcome = ${outcome}`,
    // What is refused is rare: its own index is named as the index is.
    (outcome === 'refused' || outcome === 'foreign') && sql`outcome IN ('refused', 'foreign')`,
    number !== undefined &&
      sql`id IN (SELECT id FROM callback WHERE ${hospital} AND number = ${number} AND number <> ''
        UNION SELECT id FROM callback WHERE ${hospital} AND trace_id = ${number})`,
    ...inDays(sql`received_at_ms`, wish),
    fromMs !== undefined &&
      sql`id >= coalesce((SELECT id FROM callback WHERE ${hospital} AND received_at_ms >= ${fromMs - SLACK_MS}
        ORDER BY received_at_ms, id LIMIT 1), 9223372036854775807)`,
    untilMs !== undefined &&
      sql`id <= coalesce((SELECT id FROM callback WHERE ${hospital} AND received_at_ms < ${untilMs + SLACK_MS}
        ORDER BY received_at_ms DESC, id DESC LIMIT 1), 0)`,
  ].filter((condition) => condition !== false)
  const { rows } = await sql<CallbackRow>`
    SELECT ${COLUMNS} FROM callback WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY id DESC LIMIT ${limit}`.execute(tx.sql)
  return rows
}

export async function findCallback(tx: Tx, id: number): Promise<CallbackRow | undefined> {
  const { rows } = await sql<CallbackRow>`
    SELECT ${COLUMNS} FROM callback WHERE hospital_id = ${tx.hospitalId} AND id = ${id}`.execute(tx.sql)
  return rows[0]
}
