import { type AuditEntry, recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { RefundsRoom } from '../room.ts'

/** What a person did about a leg. */
export interface LegAct {
  /** As they signed in. */
  readonly by: string
  readonly action: string
  readonly legId: string
  readonly detail?: AuditEntry['detail']
}

export function auditAct(
  tx: Tx,
  { clock }: Pick<RefundsRoom, 'clock'>,
  { by, action, legId, detail }: LegAct,
): void {
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: `operator:${by}`, action, subject: legId, traceId: currentTraceId() },
    ...(detail && { detail }),
  })
}
