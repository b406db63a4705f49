import { isNonResidentPrefix } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'
import type { PatientRow, PatientsTables } from './tables.ts'

export interface MadeArchive {
  readonly patid: string
  /** Nobody without a resident ID card is ever verified by the platform: a person has to look. */
  readonly needsOperator: boolean
}

/** Whom the card platform cannot verify; 81, 82, 83 and 9 are no resident IDs, whatever the archive calls them. */
export function lacksResidentId({
  idType,
  idNumber,
}: {
  readonly idType: string
  readonly idNumber: string
}): boolean {
  return idType !== '01' || isNonResidentPrefix(idNumber)
}

/** Remembers that an archive was made for somebody unverified, in the caller's transaction. */
export async function markUnconfirmedArchive(
  tx: Tx,
  { patid, needsOperator }: MadeArchive,
  nowMs: number,
): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .insertInto('unconfirmed_archive')
    .values({
      ...{ hospital_id: tx.hospitalId, patid, created_at_ms: nowMs, needs_operator: needsOperator },
      ...{ refused_at_ms: null, refused_by: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A verified person holds this archive: what stands in it is that person's. */
export async function confirmArchive(tx: Tx, patid: string, index: Buffer): Promise<void> {
  const sql = tx.sql.withTables<PatientsTables>()
  await sql
    .deleteFrom('unconfirmed_archive')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .execute()
  await sql
    .deleteFrom('unconfirmed_person')
    .where('hospital_id', '=', tx.hospitalId)
    .where('person_index', '=', index)
    .execute()
}

/**
 * An archive is about to be asked for, for somebody unverified: until it is known which, every one of this person
 * counts as unconfirmed.
 */
export async function markUnconfirmedPerson(
  tx: Tx,
  index: Buffer,
  requestKey: string,
  nowMs: number,
): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .insertInto('unconfirmed_person')
    .values({
      hospital_id: tx.hospitalId,
      person_index: index,
      request_key: requestKey,
      created_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What this flow asked for is known: refused, or marked by its own number. */
export async function unmarkUnconfirmedPerson(tx: Tx, index: Buffer, requestKey: string): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .deleteFrom('unconfirmed_person')
    .where('hospital_id', '=', tx.hospitalId)
    .where('person_index', '=', index)
    .where('request_key', '=', requestKey)
    .execute()
}

/** Whether an archive was asked for in this person's name whose number nobody heard. */
export async function isUnconfirmedPerson(tx: Tx, index: Buffer): Promise<boolean> {
  const person = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('unconfirmed_person')
    .select('request_key')
    .where('hospital_id', '=', tx.hospitalId)
    .where('person_index', '=', index)
    .executeTakeFirst()
  return person !== undefined
}

/** Whether the phone of the patient's archive may be a stranger's: then no code goes there. */
export async function isUnconfirmedArchive(
  tx: Tx,
  { patid, person_index }: Pick<PatientRow, 'patid' | 'person_index'>,
): Promise<boolean> {
  const archive = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('unconfirmed_archive')
    .select('patid')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .executeTakeFirst()
  return archive !== undefined || isUnconfirmedPerson(tx, person_index)
}
