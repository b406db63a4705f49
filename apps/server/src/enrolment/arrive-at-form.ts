import type { Session } from '../platform/sessions/session.ts'
import type { FlowView } from './flow-view.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, withOwnFlow } from './with-own-flow.ts'

/** The patient pressed 「添加健康卡」 on the platform's page and came to our form with an authCode. */
export function arriveAtForm(room: EnrolmentRoom, session: Session, flowId: string): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    const after =
      flow.state === 'on-platform'
        ? await changeFlow(tx, flow, { state: 'form', platform_url: null }, room.clock.nowMs())
        : flow
    return viewOf(room, session, tx, after)
  })
}
