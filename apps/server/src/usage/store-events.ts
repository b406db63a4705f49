import { shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import { packBytes, plainArray, textArray } from '../platform/database/array-literal.ts'
import type { Tx } from '../platform/database/tx.ts'
import { notifySignal } from '../platform/jobs/signals.ts'
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
  const column = <T>(pick: (event: NewEvent) => T): T[] => events.map(pick)
  const content = packBytes(column((event) => event.content))
  const days = column(({ occurredAtMs }) => shanghaiDay(occurredAtMs))
  await sql`
    INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id,
      department_id, department_name, content, state, reason, next_action_at_ms)
    SELECT ${tx.hospitalId}, day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id,
      department_id, department_name,
      CASE WHEN length >= 0 THEN substring(${content.bytes}::bytea FROM start FOR length) END,
      state, reason, due_at_ms
    FROM unnest(
      ${plainArray(days)}::date[],
      ${textArray(column(({ source }) => source))}::text[],
      ${textArray(column(({ scene }) => scene))}::text[],
      ${plainArray(column(({ occurredAtMs }) => occurredAtMs))}::bigint[],
      ${plainArray(column(({ occurredAtMs }) => isAfterCutoff(occurredAtMs)))}::boolean[],
      ${textArray(column(({ userId }) => userId))}::text[],
      ${textArray(column(({ patientId }) => patientId))}::text[],
      ${textArray(column(({ departmentId }) => departmentId))}::text[],
      ${textArray(column(({ departmentName }) => departmentName))}::text[],
      ${content.starts}::integer[],
      ${content.lengths}::integer[],
      ${plainArray(column(({ state }) => state))}::text[],
      ${plainArray(column(({ reason }) => reason))}::text[],
      ${plainArray(column(({ dueAtMs }) => dueAtMs))}::bigint[])
      AS told (day, source, scene, occurred_at_ms, after_cutoff, user_id, patient_id, department_id, department_name,
        start, length, state, reason, due_at_ms)`.execute(tx.sql)
  const due = new Set<string>()
  for (let index = 0; index < events.length; index++) {
    const dueAtMs = events[index]?.dueAtMs ?? null
    if (dueAtMs !== null && dueAtMs <= nowMs) due.add(days[index] ?? '')
  }
  for (const day of due) await notifySignal(tx, DUE_SIGNAL, `${tx.hospitalId} ${day}`)
}
