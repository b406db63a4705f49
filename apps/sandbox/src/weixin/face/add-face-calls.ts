import { SECOND_MS } from '@zhangyi/core'
import { z } from 'zod'
import type { Faults } from '../../kit/faults.ts'
import type { AddCall } from '../add-call.ts'
import { MINI_PROGRAM } from '../credentials.ts'
import { WeixinRefusal } from '../errcodes.ts'
import { personOfOpenid } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'
import { NOT_FINISHED } from './face-results.ts'
import { CERT_TYPE } from './face-sessions.ts'

const startSchema = z.object({
  out_seq_no: z.string().regex(/^[\w-]{5,32}$/, '5–32 of digits, letters, "_" and "-"'),
  cert_info: z.object({
    cert_type: z.literal(CERT_TYPE),
    cert_name: z.string().default(''),
    cert_no: z.string().default(''),
  }),
  openid: z.string().min(1),
})

const text = z.string().min(1)
const querySchema = z.object({ verify_id: text, out_seq_no: text, cert_hash: text, openid: text })

/** 人脸核身 2.0: `getverifyid` and `queryverifyinfo`. `getimage` is left out: nobody should fetch face images. */
export function addFaceCalls(addCall: AddCall, { faces, faults, settings, clock }: WeixinPlatform): void {
  const checkApp = (appid: string) => {
    if (appid !== MINI_PROGRAM.appid && !settings.faceForOfficialAccount) throw new WeixinRefusal(48001)
  }
  addCall({
    operation: 'getverifyid',
    method: 'POST',
    path: '/cityservice/face/identify/getverifyid',
    token: 'any',
    carryOut: ({ appid, parse }) => {
      checkApp(appid)
      const { out_seq_no: outSeqNo, cert_info: cert, openid } = parse(startSchema)
      if (cert.cert_name.trim() === '' || cert.cert_no.trim() === '') throw new WeixinRefusal(84006)
      if (!personOfOpenid(appid, openid)) throw new WeixinRefusal(40003)
      const session = faces.start({
        ...{ appid, outSeqNo, openid },
        name: cert.cert_name,
        idNumber: cert.cert_no,
      })
      if (!session) throw new WeixinRefusal(40097, 'out_seq_no was used before')
      const expiresIn = Math.floor((session.diesAtMs - clock.nowMs()) / SECOND_MS)
      return { errcode: 0, errmsg: 'ok', verify_id: session.verifyId, expires_in: expiresIn }
    },
  })
  addCall({
    operation: 'queryverifyinfo',
    method: 'POST',
    path: '/cityservice/face/identify/queryverifyinfo',
    token: 'any',
    carryOut: ({ appid, parse }) => {
      checkApp(appid)
      const asked = parse(querySchema, 84001)
      const session = faces.find(asked.verify_id)
      const same =
        session?.appid === appid &&
        session.outSeqNo === asked.out_seq_no &&
        session.certHash === asked.cert_hash &&
        session.openid === asked.openid
      if (!same || faces.isExpired(session)) throw new WeixinRefusal(84001)
      if (settings.faceResultReads === 'once' && session.timesTold > 0) throw new WeixinRefusal(84001)
      const verifyRet = takeVerifyRet(faults) ?? session.verifyRet ?? NOT_FINISHED
      if (session.verifyRet === verifyRet) session.timesTold++
      return { errcode: 0, errmsg: 'ok', verify_ret: verifyRet }
    },
  })
}

const RET_KIND = /^verify-ret-(\d{1,6})$/

export function isVerifyRetFault(kind: string): boolean {
  return RET_KIND.test(kind)
}

/** `verify-ret-10005` …: what one question is answered, whatever the face said. */
function takeVerifyRet(faults: Faults): number | undefined {
  const hit = faults.list().find(({ kind }) => isVerifyRetFault(kind) && faults.take(kind, 'queryverifyinfo'))
  const code = RET_KIND.exec(hit?.kind ?? '')?.[1]
  return code === undefined ? undefined : Number(code)
}
