import type { Clock } from '@zhangyi/core'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { GrantTables, VoidReason } from './grant.ts'

export interface Voiding {
  readonly reason: VoidReason
  /** `user:<id>` or `operator:<id>`. */
  readonly actor: string
  readonly userId: string
  /** Only this patient's grants. */
  readonly patientId?: string
  /** Every patient's but this one's: the user turned to this patient. */
  readonly exceptPatientId?: string
  /** Only this one. */
  readonly grantId?: string
  /** Why an operator does it, in words. */
  readonly said?: string
}

/** Ends live grants of a user in the caller's transaction and records it; returns how many it ended. */
export async function voidGrants(tx: Tx, clock: Clock, wanted: Voiding): Promise<number> {
  // A grant that another request is just making is found, or is made after this.
  await lockUser(tx, wanted.userId)
  const nowMs = clock.nowMs()
  const live = tx.sql
    .withTables<GrantTables>()
    .updateTable('verification_grant')
    .set({ voided_at_ms: nowMs, void_reason: wanted.reason })
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', wanted.userId)
    .where('voided_at_ms', 'is', null)
    .where('spent_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .$if(wanted.patientId !== undefined, (query) =>
      query.where('patient_id', '=', wanted.patientId as string),
    )
    .$if(wanted.exceptPatientId !== undefined, (query) =>
      query.where('patient_id', 'is not', null).where('patient_id', '!=', wanted.exceptPatientId as string),
    )
    .$if(wanted.grantId !== undefined, (query) => query.where('id', '=', wanted.grantId as string))
  const ended = await live.returning(['id', 'purpose']).execute()
  for (const { id, purpose } of ended)
    recordAudit(tx, {
      atMs: nowMs,
      actor: wanted.actor,
      action: 'verification.grant-voided',
      subject: id,
      traceId: currentTraceId(),
      detail: { purpose, reason: wanted.reason, ...(wanted.said !== undefined && { said: wanted.said }) },
    })
  return ended.length
}
