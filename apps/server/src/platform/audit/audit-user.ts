import type { Clock } from '@zhangyi/core'
import type { Tx } from '../database/tx.ts'
import { currentTraceId } from '../http/trace.ts'
import { type AuditEntry, recordAudit } from './record-audit.ts'

/** Appends what a user did or tried, under the request's trace number, in the caller's transaction. */
export function auditUser(
  tx: Tx,
  clock: Clock,
  userId: string,
  entry: Pick<AuditEntry, 'action' | 'subject' | 'detail'>,
): void {
  recordAudit(tx, {
    ...entry,
    atMs: clock.nowMs(),
    actor: `user:${userId}`,
    traceId: currentTraceId(),
  })
}
