import { assertNever } from '@zhangyi/core'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { FaceFinding } from './ask-wechat.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { changeFaceCheck } from './face-check-rows.ts'

/** Writes what was found into a check whose row is locked; `passed` leaves it `verified`, for the caller to go on. */
export async function takeFinding(
  tx: Tx,
  room: FaceRoom,
  session: Session,
  row: FaceCheckRow,
  finding: FaceFinding,
): Promise<FaceCheckRow> {
  switch (finding.kind) {
    case 'passed':
      return changeFaceCheck(tx, row, {
        ...{ state: 'verified', result_code: finding.code, counts_as_attempt: true, claimed_at_ms: null },
      })
    case 'failed': {
      const { code, countsAsAttempt, foreign } = finding
      auditUser(tx, room.clock, session.userId, {
        action: foreign ? 'verification.face-result-refused' : 'verification.face-failed',
        subject: row.id,
        detail: { purpose: row.purpose, code },
      })
      return changeFaceCheck(tx, row, {
        ...{ state: 'failed', result_code: code, counts_as_attempt: countsAsAttempt, claimed_at_ms: null },
      })
    }
    case 'pending':
      return changeFaceCheck(tx, row, { state: 'started', claimed_at_ms: null })
    default:
      return assertNever(finding)
  }
}
