import { shanghaiDay } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { packBytes, plainArray, textArray } from '../platform/database/array-literal.ts'
import type { Tx } from '../platform/database/tx.ts'
import { isAfterCutoff } from './schedule.ts'
import type { EventState, ParkReason } from './tables.ts'

/** The signal that events of a hospital and a day may be due. */
export const DUE_SIGNAL = 'usage_due'

export interface NewEvent {
  readonly source: string
  readonly scene: string
  readonly occurredAtMs: number
  readonly userId: string | null
  readonly patientId: string | null
  readonly departmentId: string | null
  readonly departmentName: string | null
  readonly content: Buffer | null
  readonly state: Extract<EventState, 'pending' | 'parked' | 'no-card' | 'merged'>
  readonly reason: ParkReason | null
  /** Only of pending ones. */
  readonly dueAtMs: number | null
}

/** Stores events, however many, by one statement, and tells whoever delivers once the transaction is committed. */
export async function storeEvents(tx: Tx, events: readonly NewEvent[], nowMs: number): Promise<void> {
  const days = events.map(({ occurredAtMs }) => shanghaiDay(occurredAtMs))
  const content = packBytes(events.map((event) => event.content))
  const columns = [
    ...columnsOf(events, days),
    listed('start', 'integer', content.starts),
    listed('length', 'integer', content.lengths),
  ]
  const lists = columns.filter(({ list }) => list !== undefined)
  const value = (name: string) => columns.find((column) => column.name === name)?.value ?? sql.ref(name)
  const store = sql`
    INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id,
      department_id, department_name, content, state, reason, next_action_at_ms)
    SELECT ${tx.hospitalId}, ${sql.join(BEFORE_CONTENT.map(value))},
      CASE WHEN length >= 0 THEN substring(${content.bytes}::bytea FROM start FOR length) END,
      ${sql.join(AFTER_CONTENT.map(value))}
    FROM unnest(${sql.join(lists.map(({ list }) => list))})
      AS told (${sql.join(lists.map(({ name }) => sql.ref(name)))})`
  const told = dueDays(events, days, nowMs).map((day) => `${tx.hospitalId} ${day}`)
  // With the same statement: it goes with every event, and a trip to the database is most of what storing one costs.
  const whole =
    told.length === 0
      ? store
      : sql`WITH stored AS (${store}) SELECT pg_notify(${DUE_SIGNAL}, payload) FROM unnest(${told}::text[]) AS payload`
  await whole.execute(tx.sql)
  tx.changed('usage')
}

function dueDays(events: readonly NewEvent[], days: readonly string[], nowMs: number): readonly string[] {
  const due = new Set<string>()
  for (let index = 0; index < events.length; index++) {
    const dueAtMs = events[index]?.dueAtMs ?? null
    if (dueAtMs !== null && dueAtMs <= nowMs) due.add(days[index] ?? '')
  }
  return [...due]
}

const BEFORE_CONTENT = [
  ...['day', 'source', 'scene', 'occurred_at_ms', 'after_cutoff', 'user_id', 'patient_id'],
  ...['department_id', 'department_name'],
] as const
const AFTER_CONTENT = ['state', 'reason', 'due_at_ms'] as const

type Type = 'date' | 'text' | 'bigint' | 'boolean' | 'integer'
type Value = string | number | boolean | null

/** One value for all events, or one for each. */
interface Column {
  readonly name: string
  readonly value?: RawBuilder<unknown>
  readonly list?: RawBuilder<unknown>
}

function columnsOf(events: readonly NewEvent[], days: readonly string[]): readonly Column[] {
  const of = (name: string, type: Type, pick: (event: NewEvent) => Value) =>
    columnOf(name, type, events.map(pick))
  return [
    columnOf('day', 'date', days),
    of('source', 'text', ({ source }) => source),
    of('scene', 'text', ({ scene }) => scene),
    of('occurred_at_ms', 'bigint', ({ occurredAtMs }) => occurredAtMs),
    of('after_cutoff', 'boolean', ({ occurredAtMs }) => isAfterCutoff(occurredAtMs)),
    of('user_id', 'text', ({ userId }) => userId),
    of('patient_id', 'text', ({ patientId }) => patientId),
    of('department_id', 'text', ({ departmentId }) => departmentId),
    of('department_name', 'text', ({ departmentName }) => departmentName),
    of('state', 'text', ({ state }) => state),
    of('reason', 'text', ({ reason }) => reason),
    of('due_at_ms', 'bigint', ({ dueAtMs }) => dueAtMs),
  ]
}

/** Most columns of a batch hold the same everywhere, and to say so once costs nothing on either side. */
function columnOf(name: string, type: Type, values: readonly Value[]): Column {
  const [first = null] = values
  if (values.every((value) => value === first)) return { name, value: sql`${first}::${sql.raw(type)}` }
  const literal = type === 'text' ? textArray(values as readonly (string | null)[]) : plainArray(values)
  return listed(name, type, literal)
}

function listed(name: string, type: Type, literal: string): Column {
  return { name, list: sql`${literal}::${sql.raw(type)}[]` }
}
