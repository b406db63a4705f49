import { type Archive, HisError } from '@zhangyi/his'
import type { PatientRow } from '../patients/index.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { lookUpArchive } from './look-up-archive.ts'
import type { VerificationRoom } from './room.ts'

/** The patient's archive for a page that waits for it. Throws `his-unavailable`, or `his-refused` if it is gone. */
export async function ownArchive(
  room: VerificationRoom,
  session: Session,
  patient: PatientRow,
): Promise<Archive> {
  const archive = await read(room, session, patient)
  if (archive) return archive
  throw new AppError('his-refused', { zh: '医院里没有找到这位就诊人的档案，请带上证件到窗口核对。' })
}

async function read(room: VerificationRoom, session: Session, patient: PatientRow) {
  try {
    return await lookUpArchive(room.clients.his(hospitalOf(room, session)), room.cipher, patient)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    throw new AppError('his-unavailable', { cause: error })
  }
}
