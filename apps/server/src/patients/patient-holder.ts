import type { Tx } from '../platform/database/tx.ts'
import type { PatientsTables } from './tables.ts'

/** The user who holds a patient; undefined for one that is unknown or unlinked. For operators: no session is asked. */
export async function patientHolder(tx: Tx, patientId: string): Promise<string | undefined> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('patient')
    .select('user_id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', patientId)
    .where('unlinked_at_ms', 'is', null)
    .executeTakeFirst()
  return row?.user_id
}
