import type { Session } from '../platform/sessions/session.ts'
import type { FlowView } from './flow-view.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/** Leaves the straight way of a flow that is at work in the HIS; one that got further stays where it is. */
export function goWaysOn(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  reason: 'his-unavailable' | 'his-refused' | 'other-person',
  code?: string,
): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    const atWork = flow.state === 'archiving' || flow.state === 'creating-archive'
    const after = atWork
      ? await changeFlow(tx, flow, { state: 'ways-on', reason, code }, room.clock.nowMs())
      : flow
    return viewOf(room, session, tx, after)
  })
}
