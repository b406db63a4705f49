import type { Session } from '../../platform/sessions/session.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { caseView } from './case-view.ts'
import { withOwnCase } from './with-own-case.ts'

/** One refund of the session's user, as it stands. */
export function showCase(room: RefundsRoom, session: Session, id: string): Promise<CaseView> {
  return withOwnCase(room, session, id, (tx, found) => caseView(tx, room, found))
}
