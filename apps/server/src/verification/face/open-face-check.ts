import { assertNever } from '@zhangyi/core'
import { faceErrorAdvice, getVerifyId } from '@zhangyi/wechat'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { bridgePageOf } from './bridge-page.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { changeFaceCheck, type FaceCheckChange } from './face-check-rows.ts'
import { type FaceIntent, storeIntent } from './store-intent.ts'

export interface StartedFaceCheck {
  readonly id: string
  /** For `wx.requestFacialVerify`. */
  readonly verifyId: string
  /** Development only: the simulator's page in place of WeChat's face dialogue. */
  readonly bridgePage: string | null
}

const ONLY_IN_MINI_PROGRAM = '请在医院小程序里做人脸核验，或换一种验证方式。'

/**
 * Opens WeChat's face verification 2.0: the intent with its number first, then `getVerifyId`. What is refused or not
 * answered is never asked again under the same number; a new check takes a new one. No pass comes from here.
 */
export async function openFaceCheck(
  room: FaceRoom,
  session: Session,
  intent: Omit<FaceIntent, 'method'>,
): Promise<StartedFaceCheck> {
  // An official account's pages have no face verification of their own; the simulator's dialogue stands in for it.
  if (session.channel !== 'mini-program' && room.settings.mode === 'production')
    throw new AppError('face-check-refused', { zh: ONLY_IN_MINI_PROGRAM })
  const hospital = hospitalOf(room, session)
  const caller = room.clients.wechat(hospital, session.appid)
  if (!caller) throw new AppError('face-check-refused')
  const { person } = intent
  const row = await storeIntent(room, session, { ...intent, method: 'face' })
  const outcome = await getVerifyId(caller, {
    outSeqNo: row.out_seq_no,
    certName: person.name,
    certNo: person.idNumber,
    openid: row.openid,
  })
  switch (outcome.kind) {
    case 'yes': {
      const { verifyId } = outcome.value
      const sealed = room.cipher.seal(verifyId, 'face_check.verify_id')
      await store(room, session, row, { state: 'started', verify_id: sealed })
      return { id: row.id, verifyId, bridgePage: bridgePageOf(room.settings, hospital, verifyId) }
    }
    case 'no': {
      const { errcode, zh } = faceErrorAdvice(outcome.code)
      await store(room, session, row, { state: 'unstarted', result_code: errcode ?? null })
      room.log.warn({ code: outcome.code }, 'getVerifyId refused')
      throw new AppError(errcode === undefined ? 'wechat-unavailable' : 'face-check-refused', { zh })
    }
    case 'unknown':
      await store(room, session, row, { state: 'unstarted' })
      throw new AppError('wechat-unavailable', { zh: faceErrorAdvice(outcome.cause).zh })
    default:
      return assertNever(outcome)
  }
}

async function store(room: FaceRoom, session: Session, row: FaceCheckRow, change: FaceCheckChange) {
  await room.database.inTransaction(session.hospitalId, (tx) => changeFaceCheck(tx, row, change))
}
