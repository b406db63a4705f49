import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { OrderKind, OrderRow } from '../order-row.ts'
import { STATES, type State } from '../order-states.ts'
import { ORDER_KINDS } from '../visit-views.ts'

export interface VisitFilter {
  readonly kind?: OrderKind | undefined
  readonly state?: State | undefined
  /** Only these; found before by a number, or because they need a person. */
  readonly ids?: readonly string[] | undefined
  /** When they were made: first millisecond of the first day, and of the day after the last. */
  readonly fromMs?: number | undefined
  readonly untilMs?: number | undefined
  /** The last one of the page before. */
  readonly before?: VisitKey | undefined
}

export interface VisitKey {
  readonly atMs: number
  readonly id: string
}

export function visitCursor({ created_at_ms, id }: Pick<OrderRow, 'created_at_ms' | 'id'>): string {
  return `${created_at_ms}.${id}`
}

/** Newest first. */
export async function listVisits(tx: Tx, filter: VisitFilter, limit: number): Promise<readonly OrderRow[]> {
  const { rows } = await visitsQuery(tx.hospitalId, filter, limit).execute(tx.sql)
  return rows
}

export function visitsQuery(
  hospital: HospitalId,
  { kind, state, ids, fromMs, untilMs, before }: VisitFilter,
  limit: number,
): RawBuilder<OrderRow> {
  const inTime = [
    ...(fromMs === undefined ? [] : [sql`o.created_at_ms >= ${fromMs}`]),
    ...(untilMs === undefined ? [] : [sql`o.created_at_ms < ${untilMs}`]),
    ...(before ? [sql`(o.created_at_ms, o.id) < (${before.atMs}::bigint, ${before.id}::text)`] : []),
  ]
  const newest = sql`ORDER BY o.created_at_ms DESC, o.id DESC LIMIT ${limit}`
  if (ids !== undefined || (kind === undefined && state === undefined))
    return sql`SELECT o.* FROM visit_order AS o WHERE ${and([
      sql`o.hospital_id = ${hospital}`,
      ...(ids === undefined ? [] : [sql`o.id = ANY (${ids}::text[])`]),
      ...(kind === undefined ? [] : [sql`o.kind = ${kind}`]),
      ...(state === undefined ? [] : [sql`o.state = ${state}`]),
      ...inTime,
    ])} ${newest}`
  // The newest of each kind and state that fits, one way down the index each, and of those the newest.
  return sql`
    SELECT o.* FROM unnest(${kind === undefined ? [...ORDER_KINDS] : [kind]}::text[]) AS kind
    CROSS JOIN unnest(${state === undefined ? [...STATES] : [state]}::text[]) AS state
    CROSS JOIN LATERAL (
      SELECT o.* FROM visit_order AS o
      WHERE ${and([sql`o.hospital_id = ${hospital}`, sql`o.kind = kind.kind`, sql`o.state = state.state`, ...inTime])}
      ${newest}) AS o ${newest}`
}

/** Those that have this number: our own or the HIS's. */
export async function findVisitIds(tx: Tx, number: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM visit_order WHERE hospital_id = ${tx.hospitalId} AND id = ${number}
    UNION SELECT id FROM visit_order WHERE hospital_id = ${tx.hospitalId} AND his_number = ${number}`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}

function and(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` AND `)
}
