import type { Session } from '../../platform/sessions/session.ts'
import type { FaceRoom, GrantedFacePurpose } from './face-check.ts'
import type { FacePerson } from './face-person.ts'
import { openFaceCheck, type StartedFaceCheck } from './open-face-check.ts'

/**
 * Starts a face check of a person for a purpose. The caller's room says who it is, from its own knowledge and never
 * from the client. The app performs it with `verifyId`; then `settleFaceCheck`. Throws `face-check-refused`,
 * `wechat-unavailable` or `consent-required`.
 */
export function startFaceCheck(
  room: FaceRoom,
  session: Session,
  wanted: { readonly purpose: GrantedFacePurpose; readonly person: FacePerson },
): Promise<StartedFaceCheck> {
  return openFaceCheck(room, session, wanted)
}
