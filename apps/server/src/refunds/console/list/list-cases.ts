import type { Tx } from '../../../platform/database/tx.ts'
import { pageOf, placeMade } from '../../../platform/operators/list-page.ts'
import { legsOf } from '../../legs/find-leg.ts'
import type { RefundsRoom } from '../../room.ts'
import type { CaseRow, RefundsTables } from '../../tables.ts'
import type { CaseFilter } from './case-filter.ts'
import { listAllCases } from './list-all-cases.ts'
import { listWork } from './list-work.ts'
import { type ListedCase, viewCases } from './listed-case.ts'

export interface CasePage {
  readonly cases: readonly ListedCase[]
  readonly next: string | null
}

type Parts = Pick<RefundsRoom, 'cipher' | 'clock'>

/** One page of cases: with all of their sums, or of a work list with those that belong to it. */
export async function listCases(tx: Tx, room: Parts, filter: CaseFilter): Promise<CasePage> {
  const { list, limit } = filter
  if (list === 'all') {
    const rows = await listAllCases(tx, { ...filter, limit: limit + 1 })
    const page = pageOf(rows, limit, (row) => row, placeMade)
    return { cases: await withLegs(tx, room, page.rows), next: page.next }
  }
  const { legs, next } = await listWork(tx, list, { ...filter, nowMs: room.clock.nowMs() })
  const caseIds = [...new Set(legs.map(({ case_id }) => case_id))]
  return { cases: await viewCases(tx, room, await casesOf(tx, caseIds), legs), next }
}

export async function withLegs(
  tx: Tx,
  room: Parts,
  cases: readonly CaseRow[],
): Promise<readonly ListedCase[]> {
  if (cases.length === 0) return []
  const legs = await legsOf(
    tx,
    cases.map(({ id }) => id),
  )
  return viewCases(tx, room, cases, legs)
}

/** In the order in which they were named. */
async function casesOf(tx: Tx, ids: readonly string[]): Promise<readonly CaseRow[]> {
  if (ids.length === 0) return []
  const rows = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', 'in', [...ids])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
