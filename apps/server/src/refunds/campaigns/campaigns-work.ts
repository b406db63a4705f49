import { MINUTE_MS } from '@zhangyi/core'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { workDue } from '../../platform/jobs/work-due.ts'
import type { Platform } from '../../platform/platform.ts'
import type { RefundCampaignRow } from './campaign-row.ts'
import { CAMPAIGN_TARGETS_WORK } from './create-ledger-campaign.ts'
import { gatherTargets } from './gather-targets.ts'

/** Far longer than a page takes. */
const LEASE_MS = 2 * MINUTE_MS

/** Gathers the targets of new campaigns from the ledger, a page a piece, so that no request runs long. */
export function campaignsWork(
  room: Pick<Platform, 'database' | 'cipher' | 'clock' | 'hospitals' | 'log'>,
): DueWork {
  return {
    name: CAMPAIGN_TARGETS_WORK,
    everyMinutes: 5,
    runDue: async (clock, limit) => {
      let most = 0
      for (const { id } of room.hospitals.all)
        most = Math.max(
          most,
          await workDue<RefundCampaignRow>(
            room.database,
            id,
            {
              ...{ table: 'refund_campaign', counter: 'looks', leaseMs: LEASE_MS, atOnce: 1 },
              one: (row) => gatherTargets(room, id, row),
              failed: (row, error) => {
                // Its text may quote a person.
                const { name, code } = error as Error & { code?: string }
                room.log.error({ campaign: row.id, error: name, code }, 'gathering of targets failed')
              },
            },
            clock,
            limit,
          ),
        )
      return most
    },
  }
}
