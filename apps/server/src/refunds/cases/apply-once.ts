import { requireConsent } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { requireCaps } from '../limits/require-caps.ts'
import type { CaseView } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { createCase, type NewCase } from './create-case.ts'
import { findByRequest } from './find-by-request.ts'
import { showCase } from './show-case.ts'
import { workOnCase } from './work-on-case.ts'

/**
 * Makes the case of an application and goes on with it while the patient waits. Sent again under the same key it is the
 * same case. `prepare` finds out what is to be refunded, outside of any transaction; `check` refuses inside of it.
 */
export async function applyOnce(
  room: RefundsRoom,
  session: Session,
  requestKey: string,
  prepare: () => Promise<NewCase & { readonly check?: (tx: Tx) => Promise<void> }>,
): Promise<CaseView> {
  const { hospitalId } = session
  const before = await room.database.inTransaction(hospitalId, (tx) => findByRequest(tx, session, requestKey))
  if (before !== undefined) return showCase(room, session, before)
  const { check, ...wanted } = await prepare()
  const created = await room.database.inTransaction(hospitalId, async (tx) => {
    await lockUser(tx, session.userId)
    const known = await findByRequest(tx, session, requestKey)
    if (known !== undefined) return known
    await requireConsent(tx, session.userId)
    await check?.(tx)
    const amountFen = wanted.legs.reduce((sum, leg) => sum + leg.amountFen, 0)
    const { userId, openid } = session
    await requireCaps(tx, room, { userId, openid, patid: wanted.patid, amountFen })
    return createCase(tx, room, session, wanted)
  })
  if (typeof created === 'string') return showCase(room, session, created)
  await workOnCase(room, hospitalId, created)
  return showCase(room, session, created.of.id)
}
