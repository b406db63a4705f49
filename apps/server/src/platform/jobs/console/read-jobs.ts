import { sql } from 'kysely'
import type { Tx } from '../../database/tx.ts'
import { inTime, type ListTimes } from '../../operators/list-page.ts'

/** Of one queue of pg-boss. Its jobs are wake-ups and hold no data; its clock is the database's own. */
export interface QueueRow {
  readonly name: string
  readonly waiting: number
  readonly active: number
  readonly failed: number
  /** The last run that ended, and how. */
  readonly last_at_ms: number | null
  readonly last_state: 'completed' | 'failed' | 'cancelled' | null
}

// More are told as "at least so many": a queue that fails every minute for a week is not counted to its end.
const COUNTED = 10_000
const msOf = (column: string) => sql`(extract(epoch FROM ${sql.ref(column)}) * 1000)::bigint`

/** By the partial index of live jobs, and the one of ended ones. */
export async function readQueues(tx: Tx): Promise<readonly QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    SELECT q.name, counted.waiting, counted.active, counted.failed, last.at_ms AS last_at_ms, last.state AS last_state
    FROM jobs.queue q
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'failed') AS failed
      FROM (SELECT state FROM jobs.job
        WHERE name = q.name AND state IN ('created', 'retry', 'active', 'failed') LIMIT ${COUNTED}) live) counted
    LEFT JOIN LATERAL (
      SELECT ${msOf('completed_on')} AS at_ms, state FROM jobs.job
      WHERE name = q.name AND completed_on IS NOT NULL ORDER BY completed_on DESC LIMIT 1) last ON true
    ORDER BY q.name`.execute(tx.sql)
  return rows
}

export interface FailedJobRow {
  readonly id: string
  readonly name: string
  readonly created_at_ms: number
  readonly failed_at_ms: number
  readonly tries: number
  /** The name of the error. Its text may quote what it was about, and stays where it is. */
  readonly problem: string | null
}

export interface FailedJobsWish extends Pick<ListTimes, 'before'> {
  readonly queue?: string | undefined
}

/** Newest first; each queue is looked into by its own index. */
export async function listFailedJobs(
  tx: Tx,
  { queue, before }: FailedJobsWish,
  limit: number,
): Promise<readonly FailedJobRow[]> {
  const failedAt = msOf('completed_on')
  const behind = inTime(failedAt, sql`id::text`, { before })
  const { rows } = await sql<FailedJobRow>`
    SELECT job.* FROM jobs.queue q CROSS JOIN LATERAL (
      SELECT id::text, name, ${msOf('created_on')} AS created_at_ms, ${failedAt} AS failed_at_ms,
        retry_count + 1 AS tries, coalesce(output ->> 'name', output -> 'value' ->> 'name') AS problem
      FROM jobs.job
      WHERE ${sql.join([sql`name = q.name`, sql`state = 'failed'`, ...behind], sql` AND `)}
      ORDER BY failed_at_ms DESC, id::text DESC LIMIT ${limit}) job
    ${queue === undefined ? sql`` : sql`WHERE q.name = ${queue}`}
    ORDER BY failed_at_ms DESC, id DESC LIMIT ${limit}`.execute(tx.sql)
  return rows
}

/** As pg-boss does it. False: it is not failed (any more). */
export async function retryJob(tx: Tx, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE jobs.job SET state = 'retry', retry_limit = retry_limit + 1, completed_on = NULL,
      start_after = greatest(start_after, jobs.job_now())
    WHERE name = ${name} AND id = ${id}::uuid AND state = 'failed' RETURNING 1`.execute(tx.sql)
  return rows.length > 0
}
