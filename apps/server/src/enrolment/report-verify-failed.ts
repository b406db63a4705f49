import type { Session } from '../platform/sessions/session.ts'
import type { FlowView } from './flow-view.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/**
 * The platform sent the patient back to verifyFailRedirectUrl: not passed, or given up. Nothing is lost; the page
 * offers to try again, a visit card, the family, the counter. A flow that got further stays where it is.
 */
export function reportVerifyFailed(room: EnrolmentRoom, session: Session, flowId: string): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    const waiting = flow.state === 'on-platform' || flow.state === 'form'
    const after = waiting
      ? await changeFlow(
          tx,
          flow,
          { state: 'ways-on', reason: 'verify-failed', platform_url: null },
          room.clock.nowMs(),
        )
      : flow
    return viewOf(room, session, tx, after)
  })
}
