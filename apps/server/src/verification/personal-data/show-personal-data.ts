import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { requireGrant } from '../grants/require-grant.ts'
import { ownArchive } from '../own-archive.ts'
import { hospitalOf } from '../room.ts'
import { findRights } from './find-rights.ts'
import type { PersonalData } from './personal-data-view.ts'
import type { PersonalDataRoom } from './room.ts'
import { viewPersonalData } from './view-personal-data.ts'

/** 查看个人信息, unmasked, against a grant. Throws what `requireGrant` and `ownArchive` throw. */
export async function showPersonalData(
  room: PersonalDataRoom,
  session: Session,
  patientId: string,
): Promise<PersonalData> {
  const { clock, cipher } = room
  const { patient } = await requireGrant(room, session, { patientId, purpose: 'personal-data' })
  const archive = await ownArchive(room, session, patient)
  // Once more, because the HIS took its time: a grant that ended meanwhile shows nothing.
  const rights = await room.database.inTransaction(session.hospitalId, async (tx) => {
    const found = await findRights(tx, session, patient, clock.nowMs())
    const { read } = found
    await auditUser(tx, clock, session.userId, {
      action: read ? 'personal-data.viewed' : 'verification.refused',
      subject: patient.id,
      detail: read
        ? { grant: read.id, assurance: read.assurance }
        : { purpose: 'personal-data', act: 'read', why: 'ended-meanwhile' },
    })
    return found
  })
  const { read, change, changeUnderWay } = rights
  if (!read) throw new AppError('verification-required')
  const offered = room.clients.his(hospitalOf(room, session)).archives.update !== undefined
  const mayChange = offered && change !== undefined
  return viewPersonalData(cipher, { patient, archive, grant: change ?? read, mayChange, changeUnderWay })
}
