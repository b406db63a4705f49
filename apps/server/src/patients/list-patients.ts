import type { Tx } from '../platform/database/tx.ts'
import type { PatientRow, PatientsTables } from './tables.ts'

/** The patients that a user holds, the default one first, then the oldest. */
export function listPatients(tx: Tx, userId: string): Promise<readonly PatientRow[]> {
  return tx.sql
    .withTables<PatientsTables>()
    .selectFrom('patient')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('unlinked_at_ms', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
}

/** One patient of a user; undefined if it is unknown, unlinked or another user's. */
export function findPatient(tx: Tx, userId: string, patientId: string): Promise<PatientRow | undefined> {
  return tx.sql
    .withTables<PatientsTables>()
    .selectFrom('patient')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', patientId)
    .where('user_id', '=', userId)
    .where('unlinked_at_ms', 'is', null)
    .executeTakeFirst()
}
