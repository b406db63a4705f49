import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { EventState, ParkReason } from '../tables.ts'
import { type EventKey, parseEventNumber } from './event-number.ts'

export interface EventFilter {
  readonly state?: EventState | undefined
  readonly scene?: string | undefined
  /** As the HIS numbers it. */
  readonly department?: string | undefined
  /** Ours, or the platform's Request-ID of the last sending. */
  readonly number?: string | undefined
  /** Days, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The last one of the page before. */
  readonly before?: EventKey | undefined
}

// A type, not an interface: Kysely asks for an index signature.
export type EventRow = {
  day: string
  id: number
  source: string
  scene: string
  occurred_at_ms: number
  after_cutoff: boolean
  department_id: string | null
  department_name: string | null
  state: EventState
  next_action_at_ms: number | null
  unknowns: number
  refusals: number
  attempts: number
  first_refused_at_ms: number | null
  sent_at_ms: number | null
  took_ms: number | null
  request_id: string | null
  code: string | null
  reason: ParkReason | null
  late: boolean
}

export const EVENT_COLUMNS = sql`day::text AS day, id, source, scene, occurred_at_ms, after_cutoff, department_id,
  department_name, state, next_action_at_ms, unknowns, refusals, attempts, first_refused_at_ms, sent_at_ms, took_ms,
  request_id, code, reason, late`

/** Newest first. */
export async function listEvents(tx: Tx, filter: EventFilter, limit: number): Promise<readonly EventRow[]> {
  const { rows } = await eventsQuery(tx.hospitalId, filter, limit).execute(tx.sql)
  return rows
}

export function eventsQuery(
  hospital: HospitalId,
  { state, scene, department, number, from, to, before }: EventFilter,
  limit: number,
): RawBuilder<EventRow> {
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(state === undefined ? [] : [ofState(state)]),
    ...(scene === undefined ? [] : [sql`scene = ${scene}`]),
    ...(department === undefined ? [] : [sql`department_id = ${department}`]),
    ...(number === undefined ? [] : [ofNumber(number)]),
    ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`day <= ${to}::date`]),
    // The day by itself as well: whole tables of other days are then left out.
    ...(before
      ? [sql`day <= ${before.day}::date`, sql`(day, id) < (${before.day}::date, ${before.id}::bigint)`]
      : []),
  ]
  // The table's own day: the text of the same name would be sorted, and no index has it.
  return sql<EventRow>`SELECT ${EVENT_COLUMNS} FROM usage_event AS event WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY event.day DESC, event.id DESC LIMIT ${limit}`
}

/** In the statement itself and not as a parameter: the indexes of rare states are named as they are. */
function ofState(state: EventState): RawBuilder<unknown> {
  const isState = sql`state = ${sql.lit(state)}`
  return state === 'pending' ? sql`${isState} AND next_action_at_ms IS NOT NULL` : isState
}

function ofNumber(number: string): RawBuilder<unknown> {
  const key = parseEventNumber(number)
  return key ? sql`day = ${key.day}::date AND id = ${key.id}::bigint` : sql`request_id = ${number}`
}
