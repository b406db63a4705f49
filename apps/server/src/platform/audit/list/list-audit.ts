import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../database/tx.ts'
import { inTime } from '../../operators/list-page.ts'
import type { AuditWish } from './audit-wish.ts'

// A type, not an interface: Kysely asks for an index signature.
export type AuditRow = {
  id: number
  at_ms: number
  actor: string
  action: string
  subject: string
  trace_id: string
  detail: Record<string, unknown>
}

const COLUMNS = sql`e.id, e.at_ms, e.actor, e.action, e.subject, e.trace_id, e.detail`

/**
 * Entries that fit, newest first. By time and not by id alone: so days are a range of every index, however
 * long ago they were. Each way through reads about as many rows as it gives out.
 */
export async function listAudit(tx: Tx, wish: AuditWish, limit: number): Promise<readonly AuditRow[]> {
  const { rows } = await auditQuery(tx.hospitalId, wish, limit).execute(tx.sql)
  return rows
}

export function auditQuery(hospital: HospitalId, wish: AuditWish, limit: number): RawBuilder<AuditRow> {
  const { actor, action, subject, traceId } = wish
  const times = inTime(sql`e.at_ms`, sql`e.id`, wish)
  const newest = sql`ORDER BY e.at_ms DESC, e.id DESC LIMIT ${limit}`
  const ofActor = actor === undefined ? [] : [sql`e.actor = ${actor}`]
  // A subject or a trace has few entries, whoever and whatever else is asked for.
  const isNarrow = subject !== undefined || traceId !== undefined
  if (isNarrow || (actor === undefined && action === undefined))
    return sql`SELECT ${COLUMNS} FROM audit_entry e WHERE ${and([
      sql`e.hospital_id = ${hospital}`,
      ...(subject === undefined ? [] : [sql`e.subject = ${subject}`]),
      ...(traceId === undefined ? [] : [sql`e.trace_id = ${traceId}`]),
      ...ofActor,
      ...(action === undefined ? [] : [sql`starts_with(e.action, ${action})`]),
      ...times,
    ])} ${newest}`
  // The actions there are (of this actor), one step of the index each; then the newest of each, and of those the newest.
  // Otherwise a rare actor or action would be looked for among all, or a frequent one be sorted whole.
  const begins = action ?? ''
  const among = (condition: RawBuilder<unknown>) =>
    sql`SELECT e.action COLLATE "C" AS action FROM audit_entry e
      WHERE ${and([sql`e.hospital_id = ${hospital}`, ...ofActor, condition])}
      ORDER BY e.action COLLATE "C" LIMIT 1`
  return sql`
    WITH RECURSIVE kind AS (
      (${among(sql`e.action COLLATE "C" >= ${begins}`)})
      UNION ALL
      SELECT (${among(sql`e.action COLLATE "C" > kind.action`)}) FROM kind WHERE starts_with(kind.action, ${begins})
    )
    SELECT e.* FROM kind CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM audit_entry e
      WHERE ${and([sql`e.hospital_id = ${hospital}`, ...ofActor, sql`e.action COLLATE "C" = kind.action`, ...times])}
      ${newest}) e
    WHERE starts_with(kind.action, ${begins}) ${newest}`
}

function and(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` AND `)
}
