import type { Clock } from '@zhangyi/core'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Tx } from '../../database/tx.ts'
import { currentTraceId } from '../../http/trace.ts'

export interface AccountHappening {
  readonly by: string
  readonly action: string
  /** Login name. */
  readonly of: string
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

/** What happens to accounts and at the door, under the installation and not under a hospital. */
export function auditAccount(tx: Tx, clock: Clock, { by, action, of, detail }: AccountHappening): void {
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: `operator:${by}`, action: `accounts.${action}`, subject: of },
    ...{ traceId: currentTraceId(), ...(detail && { detail }) },
  })
}
