import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { lockOwnFaceCheck } from './face-check-rows.ts'

/** The kinds of checks; one is never settled as another. */
export const isForPurpose = ({ purpose }: FaceCheckRow): boolean => purpose !== 'platform-order'
export const isForOrder = ({ purpose }: FaceCheckRow): boolean => purpose === 'platform-order'
export const isNcidas = ({ method }: FaceCheckRow): boolean => method === 'ncidas'

/**
 * Runs `fn` with an own check of the right kind, locked; answers the row that it changed, or as it was. Throws
 * `not-found` for any other, after that was recorded.
 */
export async function withOwnFaceCheck(
  room: FaceRoom,
  session: Session,
  id: string,
  isRight: (row: FaceCheckRow) => boolean,
  fn: (tx: Tx, row: FaceCheckRow) => Promise<FaceCheckRow | undefined>,
): Promise<{ readonly row: FaceCheckRow; readonly changed: boolean }> {
  const found = await room.database.inTransaction(session.hospitalId, async (tx) => {
    const row = await lockOwnFaceCheck(tx, room, session, id, isRight)
    if (!row) return undefined
    const after = await fn(tx, row)
    return { row: after ?? row, changed: after !== undefined }
  })
  if (!found) throw new AppError('not-found')
  return found
}
