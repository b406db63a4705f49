import { MINUTE_MS } from '@zhangyi/core'
import { hasConsent, requireConsent } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { issueGrant } from '../grants/issue-grant.ts'
import { askWechat, type FaceFinding } from './ask-wechat.ts'
import { claimQuery, isOver } from './claim-query.ts'
import { adviceOf, EXPIRED, type FaceAdvice, STILL_ASKING } from './face-advice.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { changeFaceCheck } from './face-check-rows.ts'
import { judgedTriesUsedUp } from './face-tries.ts'
import { USED_UP } from './store-intent.ts'
import { takeFinding } from './take-finding.ts'
import { isForPurpose, withOwnFaceCheck } from './with-own-face-check.ts'

/** How a check for a purpose stands. `pending`: not known yet, ask again; it never means no. */
export type FaceSettlement =
  | { readonly state: 'passed'; readonly grantId: string }
  | { readonly state: 'failed' | 'pending'; readonly advice: FaceAdvice }

/**
 * The client says that the dialogue is over; the server asks WeChat. Passed, a grant about this person comes into being
 * in the same transaction: one check, one grant, spent by `consumeGrant`. Asked again, the stored end answers. Another
 * user's check, or one of another kind, is refused as if it did not exist, and recorded.
 */
export async function settleFaceCheck(room: FaceRoom, session: Session, id: string): Promise<FaceSettlement> {
  const { row, changed } = await withOwnFaceCheck(room, session, id, isForPurpose, async (tx, locked) => {
    await lockUser(tx, session.userId)
    await requireConsent(tx, session.userId)
    if (await isOneTooMany(tx, room, session, locked)) return undefined
    return claimQuery(tx, room, locked)
  })
  if (row.state === 'started' && !changed && !isOver(row, room.clock.nowMs()))
    throw new AppError('face-check-refused', { zh: USED_UP })
  if (!changed) return settlementOf(room, row)
  const finding = await askWechat(room, session, row)
  return finish(room, session, id, finding)
}

/** The day's tries were used up in other dialogues since this one was opened. Recorded. */
async function isOneTooMany(tx: Tx, room: FaceRoom, session: Session, row: FaceCheckRow): Promise<boolean> {
  if (row.state !== 'started') return false
  const subject = { purpose: row.purpose, personIndex: row.person_index }
  const nowMs = room.clock.nowMs()
  if (!(await judgedTriesUsedUp(tx, session, hospitalOf(room, session), subject, nowMs))) return false
  auditUser(tx, room.clock, session.userId, {
    action: 'verification.face-refused',
    subject: row.id,
    detail: { why: 'too-many-attempts' },
  })
  return true
}

async function finish(room: FaceRoom, session: Session, id: string, finding: FaceFinding) {
  const { row } = await withOwnFaceCheck(room, session, id, isForPurpose, async (tx, locked) => {
    // Taken over meanwhile, and brought to its end by somebody else: that end stands.
    if (locked.state !== 'querying') return undefined
    // Withdrawn while WeChat was asked: no grant, and nothing is lost. Whoever consents again asks again.
    await lockUser(tx, session.userId)
    if (finding.kind === 'passed' && !(await hasConsent(tx, session.userId)))
      return changeFaceCheck(tx, locked, { state: 'started', claimed_at_ms: null })
    const after = await takeFinding(tx, room, session, locked, finding)
    return after.state === 'verified' ? grant(tx, room, session, after) : after
  })
  return finding.kind === 'pending' && row.state === 'started'
    ? { state: 'pending' as const, advice: finding.advice }
    : settlementOf(room, row)
}

async function grant(tx: Tx, room: FaceRoom, session: Session, row: FaceCheckRow): Promise<FaceCheckRow> {
  if (row.purpose === 'platform-order') throw new Error(`face check ${row.id} opens no grant`)
  const { id: grantId } = await issueGrant(tx, room.clock, {
    userId: session.userId,
    subject: { kind: 'person', personIndex: row.person_index },
    purpose: row.purpose,
    assurance: 'face',
    source: row.id,
    lastsMs: hospitalOf(room, session).verification.grantMinutes * MINUTE_MS,
  })
  return changeFaceCheck(tx, row, { state: 'passed', grant_id: grantId })
}

function settlementOf({ clock }: FaceRoom, row: FaceCheckRow): FaceSettlement {
  if (row.state === 'passed' && row.grant_id !== null) return { state: 'passed', grantId: row.grant_id }
  if (row.state === 'failed') return { state: 'failed', advice: adviceOf(row.result_code ?? -1) }
  if (row.state === 'unstarted' || isOver(row, clock.nowMs())) return { state: 'failed', advice: EXPIRED }
  return { state: 'pending', advice: STILL_ASKING }
}
