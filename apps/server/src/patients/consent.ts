import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import type { PatientsTables } from './tables.ts'

/** The text that is in force; a new text gets a new version, and everybody is asked again. */
export const CONSENT_VERSION = '2026-11'

/** The version that a user accepted and has not withdrawn. */
export async function acceptedConsent(tx: Tx, userId: string): Promise<string | undefined> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('consent')
    .select('version')
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('withdrawn_at_ms', 'is', null)
    .executeTakeFirst()
  return row?.version
}

/** Whether the version in force is accepted. */
export async function hasConsent(tx: Tx, userId: string): Promise<boolean> {
  return (await acceptedConsent(tx, userId)) === CONSENT_VERSION
}

/** Throws `consent-required` unless the version in force is accepted. */
export async function requireConsent(tx: Tx, userId: string): Promise<void> {
  if (!(await hasConsent(tx, userId))) throw new AppError('consent-required')
}

export async function acceptConsent(tx: Tx, userId: string, nowMs: number): Promise<void> {
  if ((await acceptedConsent(tx, userId)) === CONSENT_VERSION) return
  await withdrawConsent(tx, userId, nowMs)
  await tx.sql
    .withTables<PatientsTables>()
    .insertInto('consent')
    .values({
      hospital_id: tx.hospitalId,
      user_id: userId,
      version: CONSENT_VERSION,
      accepted_at_ms: nowMs,
      withdrawn_at_ms: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function withdrawConsent(tx: Tx, userId: string, nowMs: number): Promise<void> {
  await tx.sql
    .withTables<PatientsTables>()
    .updateTable('consent')
    .set({ withdrawn_at_ms: nowMs })
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('withdrawn_at_ms', 'is', null)
    .execute()
}
