import { DAY_MS, type HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import type { OrderRow } from '../orders/order.ts'
import type { Purpose } from '../purposes.ts'
import type { Reason } from '../verification-view.ts'
import type { OrderView } from './console-views.ts'

export interface OrderWish extends ListTimes {
  readonly stage?: OrderView['stage'] | undefined
  readonly purpose?: Purpose | undefined
  readonly reason?: Reason | undefined
  /** Of the verification, its user, patient or grant, or a trace number from an error page. */
  readonly number?: string | undefined
}

// As the index has it, letter for letter.
const STAGE = sql`(CASE state WHEN 'granted' THEN 'granted' WHEN 'ways-on' THEN 'stopped' ELSE 'open' END)`
/** No verification is kept longer than two hours: what is under way began within a day. */
const LONGEST_MS = DAY_MS

/** Newest first, each filter by an index of its own. */
export function ordersQuery(
  hospital: HospitalId,
  wish: OrderWish,
  nowMs: number,
  limit: number,
): RawBuilder<OrderRow> {
  const { stage, purpose, reason, number } = wish
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(stage === undefined ? [] : ofStage(stage, nowMs)),
    ...(purpose === undefined ? [] : [sql`purpose = ${purpose}`]),
    ...(reason === undefined ? [] : [sql`reason = ${reason}`]),
    ...(number === undefined ? [] : [ofNumber(hospital, number)]),
    ...inTime(sql`created_at_ms`, sql`id`, wish),
  ]
  return sql<OrderRow>`SELECT * FROM verification WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}

function ofStage(stage: OrderView['stage'], nowMs: number): readonly RawBuilder<unknown>[] {
  switch (stage) {
    case 'granted':
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
  const ids = (column: RawBuilder<unknown>) =>
    sql`SELECT id FROM verification WHERE hospital_id = ${hospital} AND ${column} = ${number}`
  const columns = [sql`id`, sql`user_id`, sql`patient_id`, sql`grant_id`, sql`trace_id`]
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(${sql.join(columns.map(ids), sql` UNION `)}))`
}
