import { assertNever } from '@zhangyi/core'
import { isUnconfirmedArchive, type PatientRow } from '../../patients/index.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { holdsResidentId, purposeFacts } from '../purposes.ts'
import type { Reason, Way } from '../verification-view.ts'
import type { OrderRow } from './order.ts'

/** What a patient can do from here, the best first. The counter and the phone are always a way. */
export async function waysOn(
  tx: Tx,
  cipher: Cipher,
  hospital: Hospital,
  { order, patient, reason, nowMs }: WaysQuestion,
): Promise<readonly Way[]> {
  const own = await ownWays(tx, cipher, hospital, { order, patient, reason, nowMs })
  // Whatever happens, the card code's page shows the visit card's own code.
  const first: readonly Way[] = order.purpose === 'card-code' ? ['visit-card-code'] : []
  return [...new Set<Way>([...first, ...own, 'counter', 'phone'])]
}

interface WaysQuestion {
  readonly order: OrderRow
  readonly patient: PatientRow
  readonly reason: Reason
  readonly nowMs: number
}

async function ownWays(
  tx: Tx,
  cipher: Cipher,
  hospital: Hospital,
  { order, patient, reason, nowMs }: WaysQuestion,
): Promise<readonly Way[]> {
  const { fallback, alternative } = purposeFacts(hospital, order.purpose)
  const codeMayBeSent = !(await isUnconfirmedArchive(tx, patient.patid))
  const idNumber = cipher.open(patient.id_number, 'patient.id_number').reveal()
  const resident = holdsResidentId(patient.id_type, idNumber, nowMs)
  // A resident who never was verified may hold somebody else's archive: digits that others know are not enough.
  const mayFallBack = resident && patient.verified && codeMayBeSent
  const instead: readonly Way[] = resident
    ? fallback.filter((way) => way !== 'phone-code' || mayFallBack)
    : alternative.filter((way) => way !== 'card-phone-code' || (codeMayBeSent && patient.visit_card !== null))
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
