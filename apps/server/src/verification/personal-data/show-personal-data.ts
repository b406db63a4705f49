import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { requireGrant } from '../grants/require-grant.ts'
import { ownArchive } from '../own-archive.ts'
import type { PersonalData } from './personal-data-view.ts'
import { recordViewing } from './record-viewing.ts'
import type { PersonalDataRoom } from './room.ts'
import { viewPersonalData } from './view-personal-data.ts'

/** 查看个人信息, unmasked, against a grant. Throws what `requireGrant` and `ownArchive` throw. */
export async function showPersonalData(
  room: PersonalDataRoom,
  session: Session,
  patientId: string,
): Promise<PersonalData> {
  const { patient } = await requireGrant(room, session, { patientId, purpose: 'personal-data' })
  const archive = await ownArchive(room, session, patient)
  const rights = await room.database.inTransaction(session.hospitalId, (tx) =>
    recordViewing(tx, room, session, patient),
  )
  const { read, change, changeUnderWay } = rights
  if (!read) throw new AppError('verification-required')
  const offered = room.clients.his(hospitalOf(room, session)).archives.update !== undefined
  const mayChange = offered && change !== undefined
  return viewPersonalData(room.cipher, { patient, archive, grant: change ?? read, mayChange, changeUnderWay })
}
