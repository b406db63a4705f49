import type { Session } from '../../platform/sessions/session.ts'
import { legsOf } from '../legs/find-leg.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'
import { caseView } from './case-view.ts'

const PAGE = 20

/** 我的退款: all of the user's cases, newest first. They stay their user's after a patient was unlinked. */
export function listCases(
  room: RefundsRoom,
  session: Session,
  before: number | undefined,
): Promise<{ cases: CaseView[]; more: boolean }> {
  return room.database.inTransaction(session.hospitalId, async (tx) => {
    const rows = await tx.sql
      .withTables<RefundsTables>()
      .selectFrom('refund_case')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('user_id', '=', session.userId)
      .$if(before !== undefined, (query) => query.where('created_at_ms', '<', before ?? 0))
      .orderBy('created_at_ms', 'desc')
      .orderBy('id')
      .limit(PAGE + 1)
      .execute()
    const shown = rows.slice(0, PAGE)
    const legs =
      shown.length === 0
        ? []
        : await legsOf(
            tx,
            shown.map(({ id }) => id),
          )
    const cases: CaseView[] = []
    for (const of of shown)
      cases.push(await caseView(tx, room, { of, legs: legs.filter((leg) => leg.case_id === of.id) }))
    return { cases, more: rows.length > PAGE }
  })
}
