import { assertNever, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { inDays, inTime, type ListDays, placeText } from '../../platform/operators/list-page.ts'
import type { LegRow, RefundsTables, RefundWay } from '../tables.ts'
import { ONE_SIDED, OVERDUE } from './state-words.ts'

/**
 * What has no end yet. `one-sided` 单边订单（已失效，可重发）: by query final and not paid. `overdue` 超时未决（不可重发）: over 24
 * hours with WeChat, and not final. The two never mix. `tasks`: one-sided, and a clerk has to act. `stuck`: the HIS has not
 * answered for long. `in-transit`: held, and neither confirmed nor given back.
 */
export const LEG_LISTS = [
  'one-sided',
  'tasks',
  'overdue',
  'paying',
  'no-funds',
  'with-his',
  'stuck',
  'in-transit',
] as const
export type LegList = (typeof LEG_LISTS)[number]

/** What else a list may be narrowed by, also by the days when it was applied for; what is left out does not matter. */
export interface LegNarrowing extends ListDays {
  readonly way?: RefundWay | undefined
}

export interface ListedLeg extends LegRow {
  readonly way: RefundWay
}

export interface LegPage extends LegNarrowing {
  readonly list: LegList
  readonly nowMs: number
  /** The last leg of the page before. */
  readonly before?: string | undefined
  readonly limit: number
}

/** From then on WeChat may close a transfer, and nobody waits for the patient any more. */
export const OVERDUE_MS = 24 * HOUR_MS
/** A HIS that answers is done with a refund within seconds. */
export const STUCK_MS = 10 * MINUTE_MS

/** One page by keyset, who waits longest first. */
export async function listOpenLegs(tx: Tx, page: LegPage): Promise<ListedLeg[]> {
  // Each state by the index on its own: that of all open ones has them in no common order.
  const found: ListedLeg[] = []
  for (const state of statesOf(page.list)) found.push(...(await legsIn(tx, state, page)))
  return found.toSorted(inOrder).slice(0, page.limit)
}

/** Who waits longest first. */
export function inOrder(left: LegRow, right: LegRow): number {
  return left.changed_at_ms - right.changed_at_ms || (left.id < right.id ? -1 : 1)
}

export function placeOfLeg({ changed_at_ms: atMs, id }: Pick<LegRow, 'changed_at_ms' | 'id'>): string {
  return placeText({ atMs, id })
}

function legsIn(
  tx: Tx,
  state: LegRow['state'],
  { list, nowMs, before, limit, ...narrowing }: LegPage,
): Promise<ListedLeg[]> {
  const behind = inTime(sql`l.changed_at_ms`, sql`l.id`, { before }, 'oldest-first')
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .selectAll('l')
    .select('c.way')
    .where('l.hospital_id', '=', tx.hospitalId)
    .where('l.state', '=', sql.lit(state))
    .where((row) => row.and([...narrowed(narrowing), ...behind]))
    .$if(list === 'overdue', (query) => query.where('l.changed_at_ms', '<', nowMs - OVERDUE_MS))
    .$if(list === 'stuck', (query) => query.where('l.changed_at_ms', '<', nowMs - STUCK_MS))
    .$if(list === 'tasks', (query) => query.where('l.task_at_ms', 'is not', null))
    .orderBy('l.changed_at_ms')
    .orderBy('l.id')
    .limit(limit)
    .execute()
}

/** Of a query that knows the leg as `l` and its case as `c`. */
export function narrowed({ way, ...days }: LegNarrowing): readonly RawBuilder<SqlBool>[] {
  return [...(way === undefined ? [] : [sql<SqlBool>`c.way = ${way}`]), ...inDays(sql`l.created_at_ms`, days)]
}

function statesOf(list: LegList): readonly LegRow['state'][] {
  switch (list) {
    case 'one-sided':
    case 'tasks':
      return ['one-sided']
    case 'overdue':
    case 'paying':
      return ['paying']
    case 'no-funds':
      return ['no-funds']
    case 'in-transit':
      return ['holding', 'paying', 'one-sided', 'confirming', 'releasing']
    case 'stuck':
    case 'with-his':
      return ['holding', 'confirming', 'releasing']
    default:
      return assertNever(list)
  }
}

/** The tag of a leg, the same everywhere; null: neither. */
export function tagOf({ state, changed_at_ms }: LegRow, nowMs: number): string | null {
  if (state === 'one-sided') return ONE_SIDED
  return state === 'paying' && nowMs - changed_at_ms > OVERDUE_MS ? OVERDUE : null
}
