import type { HisPort } from '@zhangyi/his'
import type { Clients } from '../platform/clients/clients.ts'
import type { Tx } from '../platform/database/tx.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FlowRow } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import { showFlow } from './show-flow.ts'
import { withOwnFlow } from './with-own-flow.ts'

/** What the operations of this room are given. */
export interface EnrolmentRoom extends Platform {
  readonly clients: Clients
  readonly jobs: Pick<Jobs, 'wake'>
}

export function hisOf(room: EnrolmentRoom, session: Session): HisPort {
  return room.clients.his(hospitalOf(room, session))
}

/** The flow as its page needs it, read afresh. */
export function viewFlow(room: EnrolmentRoom, session: Session, flowId: string): Promise<FlowView> {
  return withOwnFlow(room, session, flowId, (tx, flow) => viewOf(room, session, tx, flow))
}

export function viewOf(room: EnrolmentRoom, session: Session, tx: Tx, flow: FlowRow): Promise<FlowView> {
  return showFlow(tx, room.cipher, hospitalOf(room, session).enrolment, flow, room.clock.nowMs())
}
