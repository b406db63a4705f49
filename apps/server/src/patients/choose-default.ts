import type { Tx } from '../platform/database/tx.ts'
import type { PatientsTables } from './tables.ts'

/** Makes one patient of the user the default one. The caller has checked that it is the user's. */
export async function chooseDefault(tx: Tx, userId: string, patientId: string): Promise<void> {
  const patients = tx.sql
    .withTables<PatientsTables>()
    .updateTable('patient')
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('unlinked_at_ms', 'is', null)
  await patients.set({ is_default: false }).where('is_default', '=', true).execute()
  await patients.set({ is_default: true }).where('id', '=', patientId).execute()
}
