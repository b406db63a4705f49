import { AppError } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FlowView } from './flow-view.ts'
import type { EnrolmentRoom } from './room.ts'
import { settleArchive } from './settle-archive.ts'
import { AT_WORK_MS } from './show-flow.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/**
 * Goes on where the HIS gave no answer: nothing has to be typed or authorised again. It begins with the lookup, so
 * that an archive which was made after all is found instead of made twice.
 */
export async function resumeFlow(room: EnrolmentRoom, session: Session, flowId: string): Promise<FlowView> {
  await withOwnFlow(room, session, flowId, async (tx, flow) => {
    const nowMs = room.clock.nowMs()
    const left =
      (flow.state === 'archiving' || flow.state === 'creating-archive') &&
      nowMs - flow.changed_at_ms >= AT_WORK_MS
    const told = flow.state === 'ways-on' && flow.reason === 'his-unavailable' && flow.person !== null
    if (!left && !told) throw new AppError('flow-wrong-step')
    await changeFlow(tx, flow, { state: 'archiving', reason: null }, nowMs)
  })
  return settleArchive(room, session, flowId)
}
