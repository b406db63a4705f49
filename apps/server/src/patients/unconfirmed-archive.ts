import type { Tx } from '../platform/database/tx.ts'
import type { PatientsTables } from './tables.ts'

/** Remembers that an archive was made for somebody unverified, in the caller's transaction. */
export async function markUnconfirmedArchive(tx: Tx, patid: string, nowMs: number): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .insertInto('unconfirmed_archive')
    .values({ hospital_id: tx.hospitalId, patid, created_at_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A verified person holds this archive: what stands in it is that person's. */
export async function confirmArchive(tx: Tx, patid: string): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .deleteFrom('unconfirmed_archive')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .execute()
}

/** Whether the phone of this archive may be a stranger's: then no code goes there. */
export async function isUnconfirmedArchive(tx: Tx, patid: string): Promise<boolean> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('unconfirmed_archive')
    .select('patid')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .executeTakeFirst()
  return row !== undefined
}
