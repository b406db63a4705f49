import { findPatient, hasConsent, type PatientRow } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../../platform/audit/own-id.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError, type ErrorCode } from '../../platform/errors/catalogue.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { Purpose } from '../purposes.ts'
import { findGrant } from './find-grant.ts'
import type { Grant } from './grant.ts'

export interface WantedOfPatient {
  readonly patientId: string
  readonly purpose: Purpose
  readonly act?: 'read' | 'change'
}

export interface Granted {
  readonly grant: Grant
  readonly patient: PatientRow
}

/**
 * The gate before everything sensitive: throws unless the session's own patient has a live grant of this purpose that
 * allows the act, and the user's consent stands. Every refusal is recorded; what passes, the caller records with what
 * it then shows.
 */
export async function requireGrant(
  { database, clock }: Platform,
  session: Session,
  wanted: WantedOfPatient,
): Promise<Granted> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const looked = await look(tx, session, wanted, clock.nowMs())
    if ('grant' in looked) return looked
    auditUser(tx, clock, session.userId, {
      action: looked.refused === 'patient-not-yours' ? 'patients.not-yours' : 'verification.refused',
      subject: ownIdOrNot(wanted.patientId),
      detail: { purpose: wanted.purpose, act: wanted.act ?? 'read', why: looked.why },
    })
    return looked
  })
  if ('refused' in result) throw new AppError(result.refused)
  return result
}

async function look(
  tx: Tx,
  session: Session,
  { patientId, purpose, act = 'read' }: WantedOfPatient,
  nowMs: number,
): Promise<Granted | { readonly refused: ErrorCode; readonly why: string }> {
  const patient = await findPatient(tx, session.userId, patientId)
  if (!patient) return { refused: 'patient-not-yours', why: 'not-yours' }
  if (!(await hasConsent(tx, session.userId))) return { refused: 'consent-required', why: 'no-consent' }
  const subject = { kind: 'patient', patientId: patient.id } as const
  const found = await findGrant(tx, { userId: session.userId, subject, purpose, act }, nowMs)
  if ('grant' in found) return { grant: found.grant, patient }
  const refused = found.refusal === 'assurance' ? 'real-person-required' : 'verification-required'
  return { refused, why: found.refusal ?? 'none' }
}
