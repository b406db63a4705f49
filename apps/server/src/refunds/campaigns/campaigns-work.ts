import { type HospitalId, MINUTE_MS } from '@zhangyi/core'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { eachHospital } from '../../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../../platform/jobs/work-due.ts'
import type { Platform } from '../../platform/platform.ts'
import type { RefundCampaignRow } from './campaign-row.ts'
import { CAMPAIGN_TARGETS_WORK } from './create-ledger-campaign.ts'
import { gatherTargets } from './gather-targets.ts'

/** Far longer than a page takes. */
const LEASE_MS = 2 * MINUTE_MS

type Gathering = Pick<Platform, 'database' | 'cipher' | 'clock' | 'hospitals' | 'log'>

/** Gathers the targets of new campaigns from the ledger, a page a piece, so that no request runs long. */
export function campaignsWork(room: Gathering): DueWork {
  return {
    name: CAMPAIGN_TARGETS_WORK,
    everyMinutes: 5,
    runDue: (clock, limit) =>
      eachHospital(room, ({ id }) => workDue(room.database, id, dueCampaigns(room, id), clock, limit)),
  }
}

function dueCampaigns(room: Gathering, hospitalId: HospitalId): DueRows<RefundCampaignRow> {
  return {
    ...{ table: 'refund_campaign', counter: 'looks', leaseMs: LEASE_MS, atOnce: 1 },
    one: (row) => gatherTargets(room, hospitalId, row),
    failed: (row, error) => {
      // Its text may quote a person.
      const { name, code } = error as Error & { code?: string }
      room.log.error({ campaign: row.id, error: name, code }, 'gathering of targets failed')
    },
  }
}
