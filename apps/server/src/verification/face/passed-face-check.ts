import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { FaceRoom, GrantedFacePurpose } from './face-check.ts'
import { lockOwnFaceCheck } from './face-check-rows.ts'
import { type FacePerson, openPerson } from './face-person.ts'

/** Whose face it was by WeChat's word, and the grant that may be spent on one thing. */
export interface PassedFaceCheck {
  readonly person: FacePerson
  readonly grantId: string
}

/**
 * The session user's own check, passed, of this purpose. Throws `not-found` for any other one (recorded), and
 * `verification-required` if it has not passed. Whether its grant still lives `consumeGrant` says.
 */
export async function passedFaceCheck(
  room: FaceRoom,
  session: Session,
  id: string,
  purpose: GrantedFacePurpose,
): Promise<PassedFaceCheck> {
  const row = await room.database.inTransaction(session.hospitalId, (tx) =>
    lockOwnFaceCheck(tx, room, session, id, (one) => one.purpose === purpose),
  )
  if (!row) throw new AppError('not-found')
  if (row.state !== 'passed' || row.grant_id === null) throw new AppError('verification-required')
  return { person: openPerson(room.cipher, row.person), grantId: row.grant_id }
}
