import type { Clock } from '@zhangyi/core'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'

/** What an operator did with a campaign, in the same transaction. */
export function auditCampaign(
  tx: Tx,
  clock: Clock,
  {
    action,
    id,
    by,
    reason,
  }: {
    readonly action: 'created' | 'started' | 'paused' | 'resumed' | 'exported'
    readonly id: string
    readonly by: string
    /** Why the names and phone numbers were taken. */
    readonly reason?: string | undefined
  },
): void {
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: `operator:${by}`, action: `notices.campaign-${action}`, subject: id },
    traceId: currentTraceId(),
    ...(reason !== undefined && { detail: { reason } }),
  })
}
