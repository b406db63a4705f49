import { certHash, queryVerifyInfo, WechatError } from '@zhangyi/wechat'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { adviceOf, type FaceAdvice } from './face-advice.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { openPerson } from './face-person.ts'

// Expired, used, or opened for another openid or certificate: of this session nothing more will be told.
const SESSION_OVER = 84001

/** What WeChat's server says of a check. `pending`: nothing about the person, the page may ask again. */
export type FaceFinding =
  | { readonly kind: 'passed'; readonly code: number }
  | {
      readonly kind: 'failed'
      readonly code: number
      readonly countsAsAttempt: boolean
      /** WeChat knows no such session under what our own row says: worth a look by an auditor. */
      readonly foreign: boolean
    }
  | { readonly kind: 'pending'; readonly advice: FaceAdvice }

/** `queryVerifyInfo` with what stands in our own row: number, id, openid and certificate come from nowhere else. */
export async function askWechat(room: FaceRoom, session: Session, row: FaceCheckRow): Promise<FaceFinding> {
  const caller = room.clients.wechat(hospitalOf(room, session), row.appid)
  if (!caller || row.verify_id === null) return { kind: 'pending', advice: adviceOf(-1) }
  const { name, idNumber } = openPerson(room.cipher, row.person)
  try {
    const result = await queryVerifyInfo(caller, {
      verifyId: room.cipher.open(row.verify_id, 'face_check.verify_id').reveal(),
      outSeqNo: row.out_seq_no,
      certHash: certHash(name, idNumber),
      openid: row.openid,
    })
    const { code, countsAsAttempt } = result
    if (result.passed) return { kind: 'passed', code }
    if (result.action === 'pending') return { kind: 'pending', advice: adviceOf(code) }
    return { kind: 'failed', code, countsAsAttempt, foreign: false }
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    if (error.errcode === SESSION_OVER)
      return { kind: 'failed', code: SESSION_OVER, countsAsAttempt: false, foreign: true }
    // Any other errcode is about our access, and no answer about nothing at all.
    room.log.warn({ code: error.code }, 'queryVerifyInfo gave no result')
    return { kind: 'pending', advice: adviceOf(error.errcode ?? -1) }
  }
}
