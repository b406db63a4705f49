import type { Session } from '../../platform/sessions/session.ts'
import { settleFaceCheck } from '../../verification/index.ts'
import type { FaceResult } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { showArchives } from './show-archives.ts'

/** The face dialogue is over: WeChat is asked what came of it, and then the HIS for all archives of this person. */
export async function settleRefundCheck(
  room: RefundsRoom,
  session: Session,
  checkId: string,
): Promise<FaceResult> {
  const settled = await settleFaceCheck(room, session, checkId)
  if (settled.state !== 'passed') return { state: settled.state, advice: settled.advice, archives: null }
  return { state: 'passed', advice: null, archives: await showArchives(room, session, checkId) }
}
