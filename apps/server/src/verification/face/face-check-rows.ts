import { SECOND_MS } from '@zhangyi/core'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../../platform/audit/own-id.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationRoom } from '../room.ts'
import type { FaceCheckRow, FaceTables } from './face-check.ts'

/** A process that took a check and did not bring it back within this time is gone: its calls end within seconds. */
const CLAIM_MS = 30 * SECOND_MS

export type FaceCheckChange = Partial<
  Omit<
    FaceCheckRow,
    'hospital_id' | 'id' | 'user_id' | 'purpose' | 'person' | 'person_index' | 'created_at_ms'
  >
>

export function faceChecks(tx: Tx) {
  return tx.sql.withTables<FaceTables>()
}

/**
 * The session user's own check, locked. Undefined for an unknown one, another user's or one of another kind: recorded
 * here, so that the caller refuses after the commit.
 */
export async function lockOwnFaceCheck(
  tx: Tx,
  { clock }: VerificationRoom,
  session: Session,
  id: string,
  isRight: (row: FaceCheckRow) => boolean,
): Promise<FaceCheckRow | undefined> {
  const row = await faceChecks(tx)
    .selectFrom('face_check')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const own = row?.user_id === session.userId
  if (row && own && isRight(row)) return row
  auditUser(tx, clock, session.userId, {
    action: own ? 'verification.other-face-check' : 'verification.not-your-face-check',
    subject: ownIdOrNot(id),
    ...(row && { detail: { purpose: row.purpose, method: row.method } }),
  })
  return undefined
}

export function changeFaceCheck(tx: Tx, row: FaceCheckRow, change: FaceCheckChange): Promise<FaceCheckRow> {
  return faceChecks(tx)
    .updateTable('face_check')
    .set(change)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Whether somebody else is asking at this moment. */
export function isTaken(row: FaceCheckRow, nowMs: number): boolean {
  const asking = row.state === 'querying' || row.state === 'reporting'
  return asking && row.claimed_at_ms !== null && nowMs < row.claimed_at_ms + CLAIM_MS
}
