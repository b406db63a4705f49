import { DAY_MS, SECOND_MS, startOfShanghaiDay } from '@zhangyi/core'
import type { PatientRow } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationTables } from '../orders/order.ts'
import type { OwnOrder } from '../orders/with-own-order.ts'
import type { VerificationRoom } from '../room.ts'
import { type CodeRow, newestCode } from './newest-code.ts'

const RESEND_AFTER_MS = 60 * SECOND_MS

/** Whether a code can still be tried. */
export function isUsable(code: CodeRow, nowMs: number, codeTries: number): boolean {
  return !code.used && code.outcome !== 'no' && nowMs < code.expires_at_ms && code.tries < codeTries
}

/** Whether there is a code to try, or one more may be sent today. */
export async function mayGetCode(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<boolean> {
  const { codesPerDay, codeTries } = hospitalOf(room, session).verification
  const nowMs = room.clock.nowMs()
  if ((await codesToday(tx, patient, nowMs)) < codesPerDay) return true
  const last = await newestCode(tx, order.id)
  return last !== undefined && isUsable(last, nowMs, codeTries)
}

/** Throws if a message went out a moment ago, or the day's are used up. */
export async function requirePace(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<void> {
  const nowMs = room.clock.nowMs()
  const last = await newestCode(tx, order.id)
  if (last && last.outcome !== 'no' && nowMs - last.created_at_ms < RESEND_AFTER_MS)
    throw new AppError('too-many-requests')
  if ((await codesToday(tx, patient, nowMs)) >= hospitalOf(room, session).verification.codesPerDay)
    throw new AppError('fallback-not-offered', { zh: '今天的短信验证码已用完，请到窗口办理，或明天再试。' })
}

/**
 * Messages of today to the person, by whichever user and link: it has one phone, and guesses are bounded by codes.
 * What the gateway refused was not sent, and costs the patient nothing.
 */
async function codesToday(tx: Tx, patient: PatientRow, nowMs: number): Promise<number> {
  const startOfDay = startOfShanghaiDay(nowMs)
  const { count } = await tx.sql
    .withTables<VerificationTables>()
    .selectFrom('verification_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('hospital_id', '=', tx.hospitalId)
    .where('person_index', '=', patient.person_index)
    .where('outcome', 'is distinct from', 'no')
    .where('created_at_ms', '>=', startOfDay)
    .where('created_at_ms', '<', startOfDay + DAY_MS)
    .executeTakeFirstOrThrow()
  return Number(count)
}
