import { auditUser } from '../../../platform/audit/audit-user.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import { askWechat } from '../ask-wechat.ts'
import { claimQuery } from '../claim-query.ts'
import { NOT_CONFIRMED } from '../face-advice.ts'
import type { FaceRoom } from '../face-check.ts'
import { changeFaceCheck } from '../face-check-rows.ts'
import { takeFinding } from '../take-finding.ts'
import { isForOrder, withOwnFaceCheck } from '../with-own-face-check.ts'
import { claimReport } from './claim-report.ts'
import { type OrderSettlement, orderSettlement } from './order-settlement.ts'
import { afterReport, reportToPlatform } from './report-to-platform.ts'

/**
 * The dialogue is over: the server asks WeChat and, passed, tells the platform with a fresh wechatCode. Without a code
 * it only asks. Every step is stored before the next, so that a lost process or reply is taken up where it was: WeChat
 * is asked again, the platform never twice with one code. Asked again, the stored end answers.
 */
export async function settleOrderCheck(
  room: FaceRoom,
  session: Session,
  id: string,
  wechatCode: string | undefined,
): Promise<OrderSettlement> {
  const asked = await withOwnFaceCheck(room, session, id, isForOrder, async (tx, row) =>
    // Of the national network identity its own settlement asks.
    row.method === 'face' ? claimQuery(tx, room, row) : undefined,
  )
  if (asked.changed) {
    const finding = await askWechat(room, session, asked.row)
    const { row } = await withOwnFaceCheck(room, session, id, isForOrder, async (tx, locked) =>
      locked.state === 'querying' ? takeFinding(tx, room, session, locked, finding) : undefined,
    )
    if (finding.kind === 'pending' && row.state === 'started')
      return { state: 'pending', verifyOrderId: null, advice: finding.advice }
  }
  if (wechatCode === undefined) return look(room, session, id)
  return report(room, session, id, wechatCode)
}

async function report(room: FaceRoom, session: Session, id: string, wechatCode: string) {
  const claimed = await withOwnFaceCheck(room, session, id, isForOrder, (tx, row) =>
    claimReport(tx, room, row, wechatCode),
  )
  if (!claimed.changed) return orderSettlement(room, claimed.row)
  const outcome = await reportToPlatform(room, session, claimed.row, wechatCode)
  const { row } = await withOwnFaceCheck(room, session, id, isForOrder, async (tx, locked) => {
    const mine = locked.code_index && claimed.row.code_index?.equals(locked.code_index)
    if (locked.state === 'passed' || locked.state === 'failed') return undefined
    // Taken over meanwhile with another code: only a pass is still news.
    if (!mine && outcome.kind !== 'yes') return undefined
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.platform-told',
      subject: id,
      detail: { outcome: outcome.kind },
    })
    return changeFaceCheck(tx, locked, afterReport(room, outcome))
  })
  const settled = orderSettlement(room, row)
  return settled.state === 'verified' ? { ...settled, advice: NOT_CONFIRMED } : settled
}

async function look(room: FaceRoom, session: Session, id: string): Promise<OrderSettlement> {
  const { row } = await withOwnFaceCheck(room, session, id, isForOrder, async () => undefined)
  return orderSettlement(room, row)
}
