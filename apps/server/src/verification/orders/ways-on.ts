import { assertNever } from '@zhangyi/core'
import { isUnconfirmedArchive } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { mayGetCode } from '../fallback/code-pace.ts'
import { holdsResidentId, purposeFacts } from '../purposes.ts'
import type { VerificationRoom } from '../room.ts'
import type { Reason, Way } from '../verification-view.ts'
import { attemptsUsedUp } from './attempts.ts'
import type { OwnOrder } from './with-own-order.ts'

export interface WaysOn {
  /** Why the straight way ended; that the day's tries are used up goes before what ended the last one. */
  readonly reason: Reason
  readonly ways: readonly Way[]
}

/**
 * What a patient can do from here, the best first; nothing that would refuse. The counter and the phone are always a
 * way.
 */
export async function waysOn(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
  why: Reason,
): Promise<WaysOn> {
  const hospital = hospitalOf(room, session)
  const nowMs = room.clock.nowMs()
  const subject = { patientId: patient.id, purpose: order.purpose }
  const usedUp = await attemptsUsedUp(tx, session, hospital, subject, nowMs)
  // The platform may still have the result of a try that was made.
  const reason = usedUp && why !== 'result-unknown' ? 'too-many-attempts' : why
  const codeWorks = !usedUp && (await codeMayWork(room, session, tx, { order, patient }))
  const idNumber = room.cipher.open(patient.id_number, 'patient.id_number').reveal()
  const { fallback, alternative } = purposeFacts(hospital, order.purpose)
  const instead: readonly Way[] = holdsResidentId(patient.id_type, idNumber, nowMs)
    ? // A resident who never was verified may hold somebody else's archive: digits that others know are not enough.
      fallback.filter((way) => way !== 'phone-code' || (codeWorks && patient.verified))
    : alternative.filter((way) => way !== 'card-phone-code' || (codeWorks && patient.visit_card !== null))
  // Whatever happens, the card code's page shows the visit card's own code.
  const first: readonly Way[] = order.purpose === 'card-code' ? ['visit-card-code'] : []
  return { reason, ways: [...new Set<Way>([...first, ...inOrder(reason, instead), 'counter', 'phone'])] }
}

async function codeMayWork(room: VerificationRoom, session: Session, tx: Tx, { order, patient }: OwnOrder) {
  return !(await isUnconfirmedArchive(tx, patient)) && mayGetCode(room, session, tx, { order, patient })
}

function inOrder(reason: Reason, instead: readonly Way[]): readonly Way[] {
  const machine = instead.filter((way) => way === 'self-service')
  switch (reason) {
    case 'failed':
      return ['retry', ...instead, 'family']
    case 'no-page':
      return [...instead, 'retry']
    case 'platform-unavailable':
    case 'platform-refused':
      return ['retry', ...instead]
    case 'result-unknown':
      return ['check-again', ...instead]
    case 'no-resident-id':
      return instead
    case 'too-many-attempts':
      return machine
    case 'expired':
      return ['retry', ...machine]
    default:
      return assertNever(reason)
  }
}
