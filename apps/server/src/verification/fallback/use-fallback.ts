import { MINUTE_MS } from '@zhangyi/core'
import type { PatientRow } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { attemptsUsedUp, forgiveAttempts, recordAttempt } from '../orders/attempts.ts'
import { grantOrder } from '../orders/grant-order.ts'
import type { VerificationTables } from '../orders/order.ts'
import { showOrder } from '../orders/show-order.ts'
import { changeOrder, type OwnOrder, withOwnOrder } from '../orders/with-own-order.ts'
import type { VerificationRoom } from '../room.ts'
import type { FallbackInput, VerificationView } from '../verification-view.ts'
import { codeIndex } from './code-index.ts'
import { isUsable } from './code-pace.ts'
import { type CodeRow, newestCode } from './newest-code.ts'
import { type CodeWay, requireCodeWay } from './require-way.ts'

/**
 * 兜底: the code by SMS and the last four digits, or the visit card's number. Which of the two was wrong is not told.
 * Each wrong try counts towards the day's limits, each try towards the code's own.
 */
export async function useFallback(
  room: VerificationRoom,
  session: Session,
  id: string,
  input: FallbackInput,
): Promise<VerificationView> {
  const result = await withOwnOrder(room, session, id, async (tx, own) => {
    if (own.order.state === 'granted') return { view: await showOrder(room, session, tx, own) }
    const { way } = await requireCodeWay(room, session, tx, own)
    const code = await newestCode(tx, id)
    const nowMs = room.clock.nowMs()
    const { codeTries } = hospitalOf(room, session).verification
    if (!code || !isUsable(code, nowMs, codeTries)) return { refused: 'code-expired' as const }
    const matches = isRight(room.cipher, own.patient, way, code, input)
    await changeCode(tx, code, { tries: code.tries + 1, used: matches })
    return matches
      ? { view: await grant(room, session, tx, own) }
      : { refused: await refuse(room, session, tx, own) }
  })
  if ('refused' in result) throw new AppError(result.refused)
  return result.view
}

function isRight(
  cipher: Cipher,
  patient: PatientRow,
  way: CodeWay['way'],
  code: CodeRow,
  input: FallbackInput,
): boolean {
  const codeIsRight = codeIndex(cipher, code.id, input.code.trim()).equals(code.code_index)
  return knows(cipher, patient, way, input) && codeIsRight
}

function knows(cipher: Cipher, patient: PatientRow, way: CodeWay['way'], input: FallbackInput): boolean {
  switch (way) {
    case 'phone-code': {
      const digits = cipher.open(patient.id_number, 'patient.id_number').reveal().slice(-4)
      return input.lastFour?.trim().toUpperCase() === digits.toUpperCase()
    }
    case 'card-phone-code': {
      if (!patient.visit_card) return false
      const number = cipher.open(patient.visit_card, 'patient.visit_card').reveal().trim()
      return number !== '' && input.visitCard?.replace(/\s/g, '').toUpperCase() === number.toUpperCase()
    }
  }
}

async function grant(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<VerificationView> {
  const lastsMs = hospitalOf(room, session).verification.fallbackGrantMinutes * MINUTE_MS
  const after = await grantOrder(room, session, tx, order, { assurance: 'fallback', lastsMs })
  // Whose face never passes and who proves it otherwise each time must not be locked out by that.
  await forgiveAttempts(tx, order)
  return showOrder(room, session, tx, { order: after, patient })
}

async function refuse(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<'fallback-mismatch'> {
  const nowMs = room.clock.nowMs()
  await recordAttempt(tx, session, order, nowMs)
  auditUser(tx, room.clock, session.userId, {
    action: 'verification.fallback-mismatch',
    subject: order.id,
    detail: { purpose: order.purpose },
  })
  const subject = { patientId: patient.id, purpose: order.purpose }
  if (await attemptsUsedUp(tx, session, hospitalOf(room, session), subject, nowMs))
    await changeOrder(tx, order, { state: 'ways-on', reason: 'too-many-attempts' }, nowMs)
  return 'fallback-mismatch'
}

async function changeCode(tx: Tx, code: CodeRow, change: Pick<CodeRow, 'tries' | 'used'>): Promise<void> {
  await tx.sql
    .withTables<VerificationTables>()
    .updateTable('verification_code')
    .set(change)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', code.id)
    .execute()
}
