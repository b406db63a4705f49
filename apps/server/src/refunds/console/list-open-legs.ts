import { assertNever, HOUR_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables, RefundWay } from '../tables.ts'
import { ONE_SIDED, OVERDUE } from './state-words.ts'

/**
 * What has no end yet. `one-sided` 单边订单（已失效，可重发）: by query final and not paid. `overdue` 超时未决（不可重发）: over 24
 * hours with WeChat, and not final. The two never mix. `tasks`: one-sided, and a clerk has to act.
 */
export const LEG_LISTS = ['one-sided', 'tasks', 'overdue', 'paying', 'no-funds', 'with-his'] as const
export type LegList = (typeof LEG_LISTS)[number]

export interface ListedLeg extends LegRow {
  readonly way: RefundWay
}

export interface LegPage {
  readonly list: LegList
  readonly nowMs: number
  /** The last leg of the page before. */
  readonly after?: { readonly changedAtMs: number; readonly id: string } | undefined
  readonly limit: number
}

/** From then on WeChat may close a transfer, and nobody waits for the patient any more. */
export const OVERDUE_MS = 24 * HOUR_MS

/** One page by keyset, who waits longest first. */
export function listOpenLegs(tx: Tx, { list, nowMs, after, limit }: LegPage): Promise<ListedLeg[]> {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .selectAll('l')
    .select('c.way')
    .where('l.hospital_id', '=', tx.hospitalId)
    .where('l.state', 'in', [...statesOf(list)])
    .$if(list === 'overdue', (query) => query.where('l.changed_at_ms', '<', nowMs - OVERDUE_MS))
    .$if(list === 'tasks', (query) => query.where('l.task_at_ms', 'is not', null))
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('l.changed_at_ms', 'l.id'), '>', tuple(after?.changedAtMs ?? 0, after?.id ?? '')),
      ),
    )
    .orderBy('l.changed_at_ms')
    .orderBy('l.id')
    .limit(limit)
    .execute()
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
