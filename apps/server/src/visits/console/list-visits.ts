import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import type { OrderKind, OrderRow } from '../order-row.ts'
import { STATES, type State } from '../order-states.ts'
import { ORDER_KINDS } from '../visit-views.ts'

export interface VisitFilter extends ListTimes {
  readonly kind?: OrderKind | undefined
  readonly state?: State | undefined
  /** Only these; found before by a number, or because they need a person. */
  readonly ids?: readonly string[] | undefined
}

/** Newest first. */
export async function listVisits(tx: Tx, filter: VisitFilter, limit: number): Promise<readonly OrderRow[]> {
  const { rows } = await visitsQuery(tx.hospitalId, filter, limit).execute(tx.sql)
  return rows
}

export function visitsQuery(
  hospital: HospitalId,
  { kind, state, ids, ...wish }: VisitFilter,
  limit: number,
): RawBuilder<OrderRow> {
  const times = inTime(sql`o.created_at_ms`, sql`o.id`, wish)
  const newest = sql`ORDER BY o.created_at_ms DESC, o.id DESC LIMIT ${limit}`
  if (ids !== undefined || (kind === undefined && state === undefined))
    return sql`SELECT o.* FROM visit_order AS o WHERE ${and([
      sql`o.hospital_id = ${hospital}`,
      ...(ids === undefined ? [] : [sql`o.id = ANY (${ids}::text[])`]),
      ...(kind === undefined ? [] : [sql`o.kind = ${kind}`]),
      ...(state === undefined ? [] : [sql`o.state = ${state}`]),
      ...times,
    ])} ${newest}`
  // The newest of each kind and state that fits, one way down the index each, and of those the newest.
  return sql`
    SELECT o.* FROM unnest(${kind === undefined ? [...ORDER_KINDS] : [kind]}::text[]) AS kind
    CROSS JOIN unnest(${state === undefined ? [...STATES] : [state]}::text[]) AS state
    CROSS JOIN LATERAL (
      SELECT o.* FROM visit_order AS o
      WHERE ${and([sql`o.hospital_id = ${hospital}`, sql`o.kind = kind.kind`, sql`o.state = state.state`, ...times])}
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
