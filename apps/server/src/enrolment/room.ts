import type { CallContext, HealthCardClient } from '@zhangyi/health-card'
import type { HisPort } from '@zhangyi/his'
import type { Clients } from '../platform/clients/clients.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
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

export function hospitalOf(room: EnrolmentRoom, session: Session): Hospital {
  const hospital = room.hospitals.find(session.hospitalId)
  if (!hospital) throw new Error(`hospital ${session.hospitalId} of a session is no longer configured`)
  return hospital
}

export function healthCardOf(
  room: EnrolmentRoom,
  session: Session,
): { client: HealthCardClient; context: CallContext } {
  return {
    client: room.clients.healthCard(hospitalOf(room, session)),
    context: {
      channelNum: session.channel === 'mini-program' ? 1 : 0,
      relatedUser: { appid: session.appid, openid: session.openid },
    },
  }
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
