import type { CallContext, HealthCardClient } from '@zhangyi/health-card'
import { hospitalOf } from '../hospitals/hospital-of.ts'
import type { Hospitals } from '../hospitals/hospitals.ts'
import type { Session } from '../sessions/session.ts'
import type { Clients } from './clients.ts'

/** The card platform's client for a session, and in whose name it calls. */
export function healthCardOf(
  room: { readonly hospitals: Pick<Hospitals, 'find'>; readonly clients: Pick<Clients, 'healthCard'> },
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
