import { recordAudit } from '../../../platform/audit/record-audit.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { currentTraceId } from '../../../platform/http/trace.ts'
import type { OfflineConsole } from '../room.ts'
import type { One } from './console-views.ts'
import { viewOne } from './view-one.ts'
import { withApplication } from './with-application.ts'

export function showOne(room: OfflineConsole, hospital: Hospital, id: string): Promise<One> {
  return withApplication(room, hospital, id, (tx, row) => viewOne(tx, room, hospital, row))
}

/** With names and numbers in full, for a reason that the audit log keeps. */
export function unmaskOne(
  room: OfflineConsole,
  hospital: Hospital,
  operator: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<One> {
  return withApplication(room, hospital, id, async (tx, row) => {
    recordAudit(tx, {
      ...{ atMs: room.clock.nowMs(), actor: `operator:${operator}`, action: 'refunds.offline-unmasked' },
      ...{ subject: row.id, traceId: currentTraceId(), detail: { reason } },
    })
    return viewOne(tx, room, hospital, row, true)
  })
}
