import { type Outcome, type Sensitive, unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import type { Reply } from '../call/read-reply.ts'
import { requireForm, WechatInputError } from '../errors.ts'
import { CERT_TYPE } from './cert-hash.ts'

// What the document names where the reply leaves it out.
const DEFAULT_LIFE_SECONDS = 3_600

export interface VerifyIdRequest {
  /** Our number of the attempt: 5–32 of digits, letters, `_` and `-`, never used before for this appid. */
  readonly outSeqNo: string
  readonly certName: Sensitive
  readonly certNo: Sensitive
  /** Of the mini program, from the session. */
  readonly openid: string
}

export interface VerifyId {
  /** For `wx.requestFacialVerify`. At most 256 characters. */
  readonly verifyId: string
  /** Until when the flow can be *started*; how long a result is good for is for us to say. */
  readonly expiresInSeconds: number
}

/**
 * `POST /cityservice/face/identify/getverifyid`: opens one face verification. `unknown` after a lost reply; since a
 * session that nobody starts has no effect, the way on is a new call under a new `outSeqNo`, never the same one again.
 * Throws `WechatInputError` before sending.
 */
export async function getVerifyId(
  caller: WechatCaller,
  { outSeqNo, certName, certNo, openid }: VerifyIdRequest,
): Promise<Outcome<VerifyId>> {
  requireForm('outSeqNo', outSeqNo, OUT_SEQ_NO)
  // 84006 otherwise.
  if (certName.reveal().trim() === '') throw new WechatInputError('certName', 'empty')
  if (certNo.reveal().trim() === '') throw new WechatInputError('certNo', 'empty')
  return caller.change({
    operation: 'getVerifyId',
    path: '/cityservice/face/identify/getverifyid',
    body: {
      out_seq_no: outSeqNo,
      cert_info: { cert_type: CERT_TYPE, cert_name: certName.reveal(), cert_no: certNo.reveal() },
      openid: requireForm('openid', openid, OPENID),
    },
    interpret: verifyIdOf,
  })
}

export const OUT_SEQ_NO = /^[0-9A-Za-z_-]{5,32}$/
export const OPENID = /^[\x21-\x7e]{1,128}$/
export const VERIFY_ID = /^[\x21-\x7e]{1,256}$/

function verifyIdOf({ members }: Reply): Outcome<VerifyId> {
  const { verify_id: verifyId, expires_in: seconds = DEFAULT_LIFE_SECONDS } = members
  if (typeof verifyId !== 'string' || !VERIFY_ID.test(verifyId)) return unknown('malformed')
  if (!Number.isSafeInteger(seconds) || Number(seconds) <= 0) return unknown('malformed')
  return yes({ verifyId, expiresInSeconds: Number(seconds) })
}
