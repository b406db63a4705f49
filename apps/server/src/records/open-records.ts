import type { HisReports } from '@zhangyi/his'
import type { PatientRow } from '../patients/index.ts'
import type { Session } from '../platform/sessions/session.ts'
import { type Grant, requireGrant } from '../verification/index.ts'
import { purposeOf, type RecordKind } from './kinds.ts'
import type { KeyScope } from './record-key.ts'
import { type RecordsRoom, reportsOf } from './room.ts'

/** One patient's records of one kind, opened by a grant. Every operation of this room begins with it. */
export interface OpenRecords {
  readonly session: Session
  readonly kind: RecordKind
  readonly grant: Grant
  readonly patient: PatientRow
  readonly reports: HisReports
  readonly scope: KeyScope
}

/** Throws unless a live grant of the kind's purpose is there; only then is the HIS known to what follows. */
export async function openRecords(
  room: RecordsRoom,
  session: Session,
  { kind, patientId }: { readonly kind: RecordKind; readonly patientId: string },
): Promise<OpenRecords> {
  const { grant, patient } = await requireGrant(room, session, { patientId, purpose: purposeOf(kind) })
  const { hospitalId, userId } = session
  const scope = { hospitalId, userId, patientId: patient.id, patid: patient.patid, kind }
  return { session, kind, grant, patient, reports: reportsOf(room, session), scope }
}
