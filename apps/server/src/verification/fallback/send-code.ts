import { randomInt } from 'node:crypto'
import { assertNever, MINUTE_MS, maskPhone, newId, sensitive } from '@zhangyi/core'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { VerificationTables } from '../orders/order.ts'
import { changeOrder, withOwnOrder } from '../orders/with-own-order.ts'
import { ownArchive } from '../own-archive.ts'
import type { VerificationRoom } from '../room.ts'
import { codeIndex } from './code-index.ts'
import { requirePace } from './code-pace.ts'
import { requireCodeWay } from './require-way.ts'

const MOBILE = /^1[3-9]\d{9}$/

/**
 * Sends a code to the phone that the hospital keeps of this patient, never to one that the app names. Answers the
 * masked phone. A message whose outcome is unknown may have arrived: its code counts.
 */
export async function sendCode(
  room: VerificationRoom,
  session: Session,
  id: string,
): Promise<{ readonly phone: string; readonly expiresAt: string }> {
  const hospital = hospitalOf(room, session)
  const patient = await withOwnOrder(room, session, id, async (tx, own) => {
    await requireCodeWay(room, session, tx, own)
    await requirePace(room, session, tx, own)
    return own.patient
  })
  const sms = room.clients.sms(hospital)
  if (!sms) throw new AppError('fallback-not-offered')
  const phone = (await ownArchive(room, session, patient)).phone?.trim() ?? ''
  if (!MOBILE.test(phone))
    throw new AppError('fallback-not-offered', {
      zh: '医院没有您核实过的手机号，不能用短信验证，请带证件到窗口办理。',
    })
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const codeId = newId('code')
  const nowMs = room.clock.nowMs()
  const expiresAtMs = nowMs + hospital.verification.codeMinutes * MINUTE_MS
  await withOwnOrder(room, session, id, async (tx, own) => {
    const { reason } = await requireCodeWay(room, session, tx, own)
    // Asked twice at once: the second finds the first one's row.
    await requirePace(room, session, tx, own)
    await tx.sql
      .withTables<VerificationTables>()
      .insertInto('verification_code')
      .values({
        hospital_id: tx.hospitalId,
        id: codeId,
        verification_id: id,
        patient_id: own.patient.id,
        person_index: own.patient.person_index,
        code_index: codeIndex(room.cipher, codeId, code),
        outcome: null,
        tries: 0,
        used: false,
        created_at_ms: nowMs,
        expires_at_ms: expiresAtMs,
      })
      .execute()
    // The message promises its minutes: the verification lasts as long. One whose process was lost has left the way.
    const left = own.order.state === 'ways-on' ? {} : ({ state: 'ways-on', reason } as const)
    const expires_at_ms = Math.max(own.order.expires_at_ms, expiresAtMs)
    await changeOrder(tx, own.order, { ...left, expires_at_ms }, nowMs)
    auditUser(tx, room.clock, session.userId, { action: 'verification.code-asked', subject: id })
  })
  const text = `【${hospital.name}】验证码 ${code}，${hospital.verification.codeMinutes} 分钟内有效，用于在微信里查看您的就诊信息。不是您本人操作请忽略，不要告诉他人。`
  const outcome = await sms.send({ phone: sensitive(phone), text: sensitive(text) }, codeId)
  await room.database.inTransaction(session.hospitalId, (tx) =>
    tx.sql
      .withTables<VerificationTables>()
      .updateTable('verification_code')
      .set({ outcome: outcome.kind })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', codeId)
      .execute(),
  )
  switch (outcome.kind) {
    case 'yes':
    case 'unknown':
      return { phone: maskPhone(phone), expiresAt: new Date(expiresAtMs).toISOString() }
    case 'no':
      throw new AppError('sms-unavailable')
    default:
      return assertNever(outcome)
  }
}
