import type { PatientRow } from '../../patients/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { findGrant } from '../grants/find-grant.ts'
import type { Grant } from '../grants/grant.ts'
import type { ChangeTables } from './change-row.ts'

export interface Rights {
  readonly read: Grant | undefined
  readonly change: Grant | undefined
  readonly changeUnderWay: boolean
}

/** What the session's user may do with a patient's personal data at this moment. */
export async function findRights(
  tx: Tx,
  { userId }: Session,
  patient: PatientRow,
  nowMs: number,
): Promise<Rights> {
  const subject = { kind: 'patient', patientId: patient.id } as const
  const grantFor = async (act: 'read' | 'change') => {
    const found = await findGrant(tx, { userId, subject, purpose: 'personal-data', act }, nowMs)
    return 'grant' in found ? found.grant : undefined
  }
  const underWay = await tx.sql
    .withTables<ChangeTables>()
    .selectFrom('personal_data_change')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patient.patid)
    .where('state', 'in', ['asked', 'unknown'])
    .executeTakeFirst()
  return {
    read: await grantFor('read'),
    change: await grantFor('change'),
    changeUnderWay: underWay !== undefined,
  }
}
