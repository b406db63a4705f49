import type { CallContext, HealthCardClient } from '@zhangyi/health-card'
import type { Clients } from '../platform/clients/clients.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'

/** What the operations of this room are given. */
export interface VerificationRoom extends Platform {
  readonly clients: Clients
}

export function hospitalOf({ hospitals }: Platform, session: Pick<Session, 'hospitalId'>): Hospital {
  const hospital = hospitals.find(session.hospitalId)
  if (!hospital) throw new Error(`hospital ${session.hospitalId} of a session is no longer configured`)
  return hospital
}

export function healthCardOf(
  room: VerificationRoom,
  session: Session,
): { readonly client: HealthCardClient; readonly context: CallContext } {
  return {
    client: room.clients.healthCard(hospitalOf(room, session)),
    context: {
      channelNum: session.channel === 'mini-program' ? 1 : 0,
      relatedUser: { appid: session.appid, openid: session.openid },
    },
  }
}
