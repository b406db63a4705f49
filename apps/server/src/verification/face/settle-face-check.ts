import { MINUTE_MS } from '@zhangyi/core'
import { requireConsent } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { issueGrant } from '../grants/issue-grant.ts'
import { hospitalOf } from '../room.ts'
import { askWechat, type FaceFinding } from './ask-wechat.ts'
import { claimQuery, isOver } from './claim-query.ts'
import { adviceOf, EXPIRED, type FaceAdvice, STILL_ASKING } from './face-advice.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { changeFaceCheck } from './face-check-rows.ts'
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
    await requireConsent(tx, session.userId)
    return claimQuery(tx, room, locked)
  })
  if (!changed) return settlementOf(room, row)
  const finding = await askWechat(room, session, row)
  return finish(room, session, id, finding)
}

async function finish(room: FaceRoom, session: Session, id: string, finding: FaceFinding) {
  const { row } = await withOwnFaceCheck(room, session, id, isForPurpose, async (tx, locked) => {
    // Taken over meanwhile, and brought to its end by somebody else: that end stands.
    if (locked.state !== 'querying') return undefined
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
