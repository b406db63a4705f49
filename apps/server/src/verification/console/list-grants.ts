import { DAY_MS, type HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { inTime, type ListTimes } from '../../platform/operators/list-page.ts'
import type { GrantRow, GrantTables } from '../grants/grant.ts'
import type { Purpose } from '../purposes.ts'
import type { GrantView } from './console-views.ts'
import { ASSURANCE_NAMES, PURPOSE_NAMES, VOID_NAMES } from './words.ts'

export interface GrantWish extends ListTimes {
  readonly state?: GrantView['state'] | undefined
  readonly purpose?: Purpose | undefined
  readonly assurance?: GrantView['assurance'] | undefined
  /** Of the grant, its user, patient or source, or of what it was spent on. */
  readonly number?: string | undefined
}

/** A grant lasts a day at most: what lives began within it. */
const LONGEST_MS = DAY_MS

/** Newest first, each filter by an index of its own. */
export function grantsQuery(
  hospital: HospitalId,
  wish: GrantWish,
  nowMs: number,
  limit: number,
): RawBuilder<GrantRow> {
  const { state, purpose, assurance, number } = wish
  const conditions = [
    sql`hospital_id = ${hospital}`,
    ...(state === undefined ? [] : inState(state, nowMs)),
    ...(purpose === undefined ? [] : [sql`purpose = ${purpose}`]),
    ...(assurance === undefined ? [] : [sql`assurance = ${assurance}`]),
    ...(number === undefined ? [] : [ofNumber(hospital, number)]),
    ...inTime(sql`created_at_ms`, sql`id`, wish),
  ]
  return sql<GrantRow>`SELECT * FROM verification_grant WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY created_at_ms DESC, id DESC LIMIT ${limit}`
}

function inState(state: GrantView['state'], nowMs: number): readonly RawBuilder<unknown>[] {
  const unused = [sql`voided_at_ms IS NULL`, sql`spent_at_ms IS NULL`]
  switch (state) {
    case 'live':
      return [...unused, sql`expires_at_ms > ${nowMs}`, sql`created_at_ms >= ${nowMs - LONGEST_MS}`]
    case 'expired':
      return [...unused, sql`expires_at_ms <= ${nowMs}`]
    case 'voided':
      return [sql`voided_at_ms IS NOT NULL`]
    case 'spent':
      return [sql`spent_at_ms IS NOT NULL`]
  }
}

function ofNumber(hospital: HospitalId, number: string): RawBuilder<unknown> {
  const ids = (column: RawBuilder<unknown>) =>
    sql`SELECT id FROM verification_grant WHERE hospital_id = ${hospital} AND ${column} = ${number}`
  const columns = [sql`id`, sql`user_id`, sql`patient_id`, sql`source`, sql`spent_on`]
  // By an array: as a subquery it may be joined, with the whole table read.
  return sql`id = ANY (ARRAY(${sql.join(columns.map(ids), sql` UNION `)}))`
}

export function findGrantRow(tx: Tx, id: string): Promise<GrantRow | undefined> {
  return tx.sql
    .withTables<GrantTables>()
    .selectFrom('verification_grant')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function viewGrant(row: GrantRow, nowMs: number): GrantView {
  return {
    ...{ id: row.id, userId: row.user_id, patientId: row.patient_id },
    ...{ purpose: row.purpose, purposeName: PURPOSE_NAMES[row.purpose] },
    ...{ assurance: row.assurance, assuranceName: ASSURANCE_NAMES[row.assurance] },
    ...{ state: stateOf(row, nowMs), source: row.source, byProxy: row.proxy !== null },
    ...{ createdAtMs: row.created_at_ms, expiresAtMs: row.expires_at_ms },
    ...{ spentAtMs: row.spent_at_ms, spentOn: row.spent_on, voidedAtMs: row.voided_at_ms },
    voidReason: row.void_reason && VOID_NAMES[row.void_reason],
  }
}

function stateOf(row: GrantRow, nowMs: number): GrantView['state'] {
  if (row.voided_at_ms !== null) return 'voided'
  if (row.spent_at_ms !== null) return 'spent'
  return nowMs < row.expires_at_ms ? 'live' : 'expired'
}
