import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import type { Reply } from '../call/read-reply.ts'
import { requireForm } from '../errors.ts'
import { type FaceResult, faceResult } from './face-results.ts'
import { OPENID, OUT_SEQ_NO, VERIFY_ID } from './get-verify-id.ts'

/** All four as they were at `getVerifyId`, loaded from our own record of the attempt, never taken from the client. */
export interface VerifyInfoRequest {
  readonly verifyId: string
  readonly outSeqNo: string
  /** Of `certHash`. */
  readonly certHash: string
  readonly openid: string
}

/**
 * `POST /cityservice/face/identify/queryverifyinfo`: what became of a face verification. Passed only with errcode 0 and
 * verify_ret 10000, both there and both numbers: anything else is another result or no usable answer. An openid or a
 * certificate other than that of the session is refused with an errcode. Throws `WechatError` (`faceErrorAdvice`).
 */
export async function queryVerifyInfo(
  caller: WechatCaller,
  { verifyId, outSeqNo, certHash, openid }: VerifyInfoRequest,
): Promise<FaceResult> {
  return caller.read({
    operation: 'queryVerifyInfo',
    path: '/cityservice/face/identify/queryverifyinfo',
    body: {
      verify_id: requireForm('verifyId', verifyId, VERIFY_ID),
      out_seq_no: requireForm('outSeqNo', outSeqNo, OUT_SEQ_NO),
      cert_hash: requireForm('certHash', certHash, /^[0-9a-f]{64}$/),
      openid: requireForm('openid', openid, OPENID),
    },
    interpret: resultOf,
  })
}

function resultOf({ members }: Reply): Outcome<FaceResult> {
  const { errcode, verify_ret: code } = members
  if (errcode !== 0 || typeof code !== 'number' || !Number.isSafeInteger(code)) return unknown('malformed')
  return yes(faceResult(code))
}
