import type { Clients } from '../platform/clients/clients.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'

/** What the operations of this room are given. */
export interface CardCodeRoom extends Platform {
  readonly clients: Clients
}

export function hospitalOf({ hospitals }: Platform, session: Pick<Session, 'hospitalId'>): Hospital {
  const hospital = hospitals.find(session.hospitalId)
  if (!hospital) throw new Error(`hospital ${session.hospitalId} of a session is no longer configured`)
  return hospital
}
