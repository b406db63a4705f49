import type { Session } from '../sessions/session.ts'
import type { Hospital, Hospitals } from './hospitals.ts'

/** The hospital of a session. */
export function hospitalOf(
  { hospitals }: { readonly hospitals: Pick<Hospitals, 'find'> },
  { hospitalId }: Pick<Session, 'hospitalId'>,
): Hospital {
  const hospital = hospitals.find(hospitalId)
  if (!hospital) throw new Error(`hospital ${hospitalId} of a session is no longer configured`)
  return hospital
}
