import { auditUser } from '../../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../../platform/audit/own-id.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { findCase, legsOf } from '../legs/find-leg.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow, LegRow } from '../tables.ts'

/** A case with its legs. */
export interface CaseOfLegs {
  readonly of: CaseRow
  readonly legs: readonly LegRow[]
}

/**
 * Runs `fn` with a case of the session's user. Another user's is refused as if it did not exist, and the attempt is
 * recorded.
 */
export async function withOwnCase<T>(
  { database, clock }: RefundsRoom,
  session: Session,
  id: string,
  fn: (tx: Tx, found: CaseOfLegs) => Promise<T>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const of = await findCase(tx, id)
    if (of?.user_id === session.userId) return { value: await fn(tx, { of, legs: await legsOf(tx, [id]) }) }
    auditUser(tx, clock, session.userId, { action: 'refunds.not-yours', subject: ownIdOrNot(id) })
    return undefined
  })
  if (!result) throw new AppError('refund-not-yours')
  return result.value
}

/** One leg of an own case. */
export function withOwnLeg<T>(
  room: RefundsRoom,
  session: Session,
  { caseId, legId }: { readonly caseId: string; readonly legId: string },
  fn: (tx: Tx, found: { readonly of: CaseRow; readonly leg: LegRow }) => Promise<T>,
): Promise<T> {
  return withOwnCase(room, session, caseId, (tx, { of, legs }) => {
    const leg = legs.find(({ id }) => id === legId)
    if (!leg) throw new AppError('refund-not-yours')
    return fn(tx, { of, leg })
  })
}
