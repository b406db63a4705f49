import { DAY_MS, type HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import type { FlowRow } from '../flow.ts'
import type { flowWish } from './flow-wish.ts'
import type { Stage } from './stage.ts'

export interface FlowWish extends z.infer<typeof flowWish>, Pick<ListTimes, 'before'> {}

export type ListedFlow = Pick<
  FlowRow,
  | 'id'
  | 'user_id'
  | 'intent'
  | 'state'
  | 'reason'
  | 'trace_id'
  | 'patient_id'
  | 'created_at_ms'
  | 'changed_at_ms'
  | 'expires_at_ms'
>

// As the index has it, letter for letter.
const STAGE = sql`(CASE state WHEN 'done' THEN 'done' WHEN 'ways-on' THEN 'stopped' ELSE 'open' END)`
/** No flow is kept longer than two hours: what is under way began within a day. */
const LONGEST_MS = DAY_MS

/** Newest first, each filter by an index of its own. */
export function flowsQuery(
  hospital: HospitalId,
  wish: FlowWish,
  nowMs: number,
  limit: number,
): RawBuilder<ListedFlow> {
  const { stage, reason, intent, number } = wish
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(stage === undefined ? [] : ofStage(stage, nowMs)),
    ...(reason === undefined ? [] : [sql`reason = ${reason}`]),
    ...(intent === undefined ? [] : [sql`intent = ${intent}`]),
    ...(number === undefined ? [] : [ofNumber(hospital, number)]),
    ...inTime(sql`created_at_ms`, sql`id`, wish),
  ]
  return sql<ListedFlow>`
    SELECT id, user_id, intent, state, reason, trace_id, patient_id, created_at_ms, changed_at_ms, expires_at_ms
    FROM enrolment_flow WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}

function ofStage(stage: Stage, nowMs: number): readonly RawBuilder<unknown>[] {
  switch (stage) {
    case 'done':
    case 'stopped':
      return [sql`${STAGE} = ${stage}`]
    case 'under-way':
      return [
        sql`${STAGE} = 'open'`,
        ...[sql`created_at_ms > ${nowMs - LONGEST_MS}`, sql`expires_at_ms > ${nowMs}`],
      ]
    case 'left':
      return [sql`${STAGE} = 'open'`, sql`expires_at_ms <= ${nowMs}`]
  }
}

function ofNumber(hospital: HospitalId, number: string): RawBuilder<unknown> {
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(
    SELECT id FROM enrolment_flow WHERE hospital_id = ${hospital} AND id = ${number}
    UNION SELECT id FROM enrolment_flow WHERE hospital_id = ${hospital} AND user_id = ${number}
    UNION SELECT id FROM enrolment_flow WHERE hospital_id = ${hospital} AND patient_id = ${number}
    UNION SELECT flow_id FROM enrolment_step
      WHERE hospital_id = ${hospital} AND trace_id = ${number} AND trace_id <> '-'))`
}
