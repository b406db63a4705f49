import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/tx.ts'
import { inTime, type ListTimes } from '../../../platform/operators/list-page.ts'
import { ENDS_SQL } from '../../legs/ends-sql.ts'
import { isEnd } from '../../legs/leg-states.ts'
import type { CaseRow } from '../../tables.ts'
import type { CaseFilter } from './case-filter.ts'

type Wanted = Omit<CaseFilter, 'list'>

/** 全部: one page by keyset, newest first; with a state, the cases of which a sum is in it. */
export async function listAllCases(tx: Tx, wanted: Wanted): Promise<readonly CaseRow[]> {
  const { rows } = await (wanted.state === undefined ? byCase(tx, wanted) : byLeg(tx, wanted)).execute(tx.sql)
  return rows
}

function byCase({ hospitalId }: Tx, { way, limit, ...page }: Wanted): RawBuilder<CaseRow> {
  return sql<CaseRow>`
    SELECT * FROM refund_case AS c WHERE c.hospital_id = ${hospitalId}
      ${way === undefined ? sql`` : sql`AND c.way = ${way}`} ${paged(sql`c.created_at_ms`, sql`c.id`, page)}
    ORDER BY c.created_at_ms DESC, c.id DESC LIMIT ${limit}`
}

/** The sums of a case are made in the instant of the case: their times are its time. */
function byLeg({ hospitalId }: Tx, { way, state, limit, ...page }: Wanted): RawBuilder<CaseRow> {
  // Written out: a parameter would not be seen to be one of the states of a partial index.
  const inState = sql.lit(state)
  const ends = state !== undefined && isEnd(state)
  const of = sql`(SELECT DISTINCT l.created_at_ms, l.case_id FROM refund_leg AS l
    WHERE l.hospital_id = ${hospitalId} AND l.state = ${inState}
      ${ends ? sql`` : sql`AND l.state NOT IN ${ENDS_SQL}`}
      ${paged(sql`l.created_at_ms`, sql`l.case_id`, page)}
    ORDER BY l.created_at_ms DESC, l.case_id DESC ${way === undefined ? sql`LIMIT ${limit}` : sql``})`
  return sql<CaseRow>`
    SELECT c.* FROM ${of} AS l JOIN refund_case AS c ON c.hospital_id = ${hospitalId} AND c.id = l.case_id
    ${way === undefined ? sql`` : sql`WHERE c.way = ${way}`}
    ORDER BY l.created_at_ms DESC, l.case_id DESC LIMIT ${limit}`
}

function paged(atMs: RawBuilder<unknown>, id: RawBuilder<unknown>, page: ListTimes): RawBuilder<unknown> {
  return sql.join(
    inTime(atMs, id, page).map((condition) => sql`AND ${condition}`),
    sql` `,
  )
}
