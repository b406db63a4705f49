import type { Clock } from '@zhangyi/core'
import type { AuditEntry } from '../platform/audit/record-audit.ts'
import { recordAudit } from '../platform/audit/record-audit.ts'
import type { Tx } from '../platform/database/tx.ts'
import { currentTraceId } from '../platform/http/trace.ts'

/** What this room found out by itself, unless it says who acted. Openids stay out of it. */
export function auditPayments(
  tx: Tx,
  clock: Clock,
  entry: Pick<AuditEntry, 'action' | 'subject' | 'detail'> & Partial<Pick<AuditEntry, 'actor'>>,
): void {
  recordAudit(tx, {
    ...{ actor: 'system:payments', ...entry },
    ...{ atMs: clock.nowMs(), traceId: currentTraceId() },
  })
}
