import type { DueWork } from '../../platform/jobs/due-work.ts'
import type { Platform } from '../../platform/platform.ts'
import { takeSnapshot } from './snapshot.ts'

/** Counts how each hospital's ledger stands, so that its progress can be shown by the day. */
export function ledgerWork({ database, hospitals }: Pick<Platform, 'database' | 'hospitals'>): DueWork {
  return {
    name: 'refunds.ledger',
    // What happens after the last look of a day shows on the next one.
    everyMinutes: 30,
    runDue: async (clock) => {
      for (const { id } of hospitals.all)
        await database.inTransaction(id, (tx) => takeSnapshot(tx, clock.nowMs()))
      return 0
    },
  }
}
