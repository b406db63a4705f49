import { type Clock, newId } from '@zhangyi/core'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Purpose } from '../purposes.ts'
import { type Assurance, type Grant, type GrantSubject, type GrantTables, grantOf } from './grant.ts'

export interface NewGrant {
  readonly userId: string
  readonly subject: GrantSubject
  readonly purpose: Purpose
  readonly assurance: Assurance
  /** Our id of the verification or face check it comes from: one source, one grant. */
  readonly source: string
  readonly proxy?: { readonly sealed: Buffer; readonly expiresAtMs: number | undefined }
  readonly lastsMs: number
}

/**
 * Stores a grant in the caller's transaction. A proxy's own expiry ends it earlier. A source that has its grant gets
 * the same one again, so that a repeated settlement never opens a second.
 */
export async function issueGrant(tx: Tx, clock: Clock, wanted: NewGrant): Promise<Grant> {
  const { subject, proxy } = wanted
  const nowMs = clock.nowMs()
  const expiresAtMs = Math.min(nowMs + wanted.lastsMs, proxy?.expiresAtMs ?? Number.POSITIVE_INFINITY)
  const grants = tx.sql.withTables<GrantTables>()
  const before = await grants
    .selectFrom('verification_grant')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('source', '=', wanted.source)
    .executeTakeFirst()
  if (before) return grantOf(before)
  const row = await grants
    .insertInto('verification_grant')
    .values({
      hospital_id: tx.hospitalId,
      id: newId('grant'),
      user_id: wanted.userId,
      patient_id: subject.kind === 'patient' ? subject.patientId : null,
      person_index: subject.kind === 'person' ? subject.personIndex : null,
      purpose: wanted.purpose,
      assurance: wanted.assurance,
      source: wanted.source,
      proxy: proxy?.sealed ?? null,
      proxy_expires_at_ms: proxy?.expiresAtMs ?? null,
      created_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
      voided_at_ms: null,
      void_reason: null,
      spent_at_ms: null,
      spent_on: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // A fallback is an action of its own, so that an auditor finds every one of them by its name.
  const action = wanted.assurance === 'fallback' ? 'verification.fallback-granted' : 'verification.granted'
  auditUser(tx, clock, wanted.userId, {
    action,
    subject: row.id,
    detail: { purpose: wanted.purpose, assurance: wanted.assurance, source: wanted.source },
  })
  return grantOf(row)
}
