import { badInput } from '../platform/errors/catalogue.ts'
import type { Session } from '../platform/sessions/session.ts'
import { finishFlow } from './finish-flow.ts'
import { openArchives, openPerson, sealArchives } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import { type EnrolmentRoom, viewOf } from './room.ts'
import { changeFlow, requireState, withOwnFlow } from './with-own-flow.ts'

/** The patient picked one of several archives. If the relation is still open it is asked for next. */
export function chooseArchive(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  key: string,
): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, async (tx, flow) => {
    if (flow.state === 'done') return viewOf(room, session, tx, flow)
    requireState(flow, 'choose-archive')
    const chosen = openArchives(room.cipher, flow).find((archive) => archive.key === key)
    if (!chosen) throw badInput({ field: 'key', message: '请从列表里选择一份档案' })
    const after =
      flow.relation === null
        ? await changeFlow(
            tx,
            flow,
            { state: 'complete-archive', archives: sealArchives(room.cipher, [chosen]) },
            room.clock.nowMs(),
          )
        : await finishFlow(room, session, tx, flow, openPerson(room.cipher, flow), chosen)
    return viewOf(room, session, tx, after)
  })
}
