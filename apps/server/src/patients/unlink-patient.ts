import type { Tx } from '../platform/database/tx.ts'
import { chooseDefault } from './choose-default.ts'
import { listPatients } from './list-patients.ts'
import type { PatientsTables } from './tables.ts'

/** Takes a patient off a user's list; archive and card stay as they are. The next one becomes the default. */
export async function unlinkPatient(tx: Tx, userId: string, patientId: string, nowMs: number): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .updateTable('patient')
    .set({ unlinked_at_ms: nowMs, is_default: false })
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('id', '=', patientId)
    .where('unlinked_at_ms', 'is', null)
    .execute()
  const [next] = await listPatients(tx, userId)
  if (next && !next.is_default) await chooseDefault(tx, userId, next.id)
}
