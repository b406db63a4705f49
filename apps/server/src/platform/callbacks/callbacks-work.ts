import { DAY_MS } from '@zhangyi/core'
import { sql } from 'kysely'
import type { DueWork } from '../jobs/due-work.ts'
import type { Platform } from '../platform.ts'

/** Longer than any platform's own memory of what it sent. */
export const KEPT_MS = 180 * DAY_MS
const ROWS_AT_ONCE = 1_000

/** Removes what nobody asks for any more, a little at a time. */
export function callbacksWork({ database, hospitals }: Pick<Platform, 'database' | 'hospitals'>): DueWork {
  return {
    name: 'platform.callbacks',
    everyMinutes: 30,
    runDue: async (clock) => {
      for (const { id } of hospitals.all)
        await database.inTransaction(id, (tx) =>
          tx.later(sql`
            DELETE FROM callback WHERE hospital_id = ${id} AND id = ANY (ARRAY(
              SELECT id FROM callback WHERE hospital_id = ${id} AND received_at_ms < ${clock.nowMs() - KEPT_MS}
              ORDER BY received_at_ms LIMIT ${ROWS_AT_ONCE}))`),
        )
      return 0
    },
  }
}
