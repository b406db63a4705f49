import { MINUTE_MS, newId } from '@zhangyi/core'
import { requireConsent } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { holdsResidentId } from '../purposes.ts'
import type { FaceCheckRow, FacePurpose, FaceRoom } from './face-check.ts'
import { faceChecks } from './face-check-rows.ts'
import { type FacePerson, facePersonIndex, sealPerson } from './face-person.ts'
import { faceTriesUsedUp } from './face-tries.ts'

// As long as the platform's order and its wechatCode live.
const LIFETIME_MS = 30 * MINUTE_MS

export interface FaceIntent {
  readonly purpose: FacePurpose
  readonly method: FaceCheckRow['method']
  readonly person: FacePerson
  /** Of the platform that branched to our page; together with the purpose `platform-order` and with no other. */
  readonly order?: { readonly orderId: string; readonly verifyType: number }
}

const NO_RESIDENT_ID = '这种证件不能做人脸核验，请换一种验证方式，或到医院窗口办理。'
export const USED_UP = '今天的人脸核验次数已用完，请明天再试，或带证件到医院窗口办理。'

/**
 * Stores that a check is about to begin, under a number that nobody used before. Refuses who holds no resident ID card
 * and whose tries of the day are used up; both are recorded.
 */
export async function storeIntent(
  room: FaceRoom,
  session: Session,
  intent: FaceIntent,
): Promise<FaceCheckRow> {
  const stored = await room.database.inTransaction(session.hospitalId, async (tx) => {
    await requireConsent(tx, session.userId)
    const why = await refusal(tx, room, session, intent)
    if (why === undefined) return insertIntent(tx, room, session, intent)
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.face-refused',
      subject: intent.purpose,
      detail: { why },
    })
    return why
  })
  if (typeof stored !== 'string') return stored
  throw new AppError('face-check-refused', { zh: stored === 'no-resident-id' ? NO_RESIDENT_ID : USED_UP })
}

async function refusal(tx: Tx, room: FaceRoom, session: Session, { purpose, person }: FaceIntent) {
  const nowMs = room.clock.nowMs()
  if (!holdsResidentId('01', person.idNumber.reveal(), nowMs)) return 'no-resident-id' as const
  const subject = { purpose, personIndex: facePersonIndex(room.cipher, person) }
  const usedUp = await faceTriesUsedUp(tx, session, hospitalOf(room, session), subject, nowMs)
  return usedUp ? ('too-many-attempts' as const) : undefined
}

async function insertIntent(tx: Tx, { cipher, clock }: FaceRoom, session: Session, intent: FaceIntent) {
  const { purpose, method, person, order } = intent
  const id = newId('face')
  const nowMs = clock.nowMs()
  return faceChecks(tx)
    .insertInto('face_check')
    .values({
      ...{ hospital_id: tx.hospitalId, id, user_id: session.userId, purpose, method },
      person: sealPerson(cipher, person),
      person_index: facePersonIndex(cipher, person),
      ...{ appid: session.appid, openid: session.openid },
      // 32 of the characters that WeChat allows.
      out_seq_no: id.slice(-32),
      ...{ verify_id: null, state: 'starting', result_code: null, counts_as_attempt: false },
      ...{ claimed_at_ms: null, grant_id: null },
      order_index: order ? cipher.blindIndex(order.orderId, 'face-order') : null,
      order_id: order ? cipher.seal(order.orderId, 'face_check.order_id') : null,
      verify_type: order?.verifyType ?? null,
      ...{ code_index: null, verify_order_id: null, parameters: null, ext_info: null },
      created_at_ms: nowMs,
      expires_at_ms: nowMs + LIFETIME_MS,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
