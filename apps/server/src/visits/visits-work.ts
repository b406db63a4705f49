import { type Clock, DAY_MS } from '@zhangyi/core'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { DueWork } from '../platform/jobs/due-work.ts'
import { eachHospital } from '../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../platform/jobs/work-due.ts'
import type { OrderRow, VisitsTables } from './order-row.ts'
import { LEASE_MS } from './own-time.ts'
import { VISITS_WORK, type VisitsRoom } from './room.ts'
import { workOnOrder } from './work-on-order.ts'

/**
 * How many questions of the background a HIS has to answer at the same time; a HIS that does not answer must not make a
 * claim end before its order's turn.
 */
const AT_ONCE = 4

/**
 * Whatever of bookings and payments nobody waits for any more: time that is over, what is paid and not yet booked, and
 * answers of the HIS that were lost.
 */
export function visitsWork(room: VisitsRoom): DueWork {
  return {
    name: VISITS_WORK,
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, async (hospital) => {
        const done = await workDue(room.database, hospital.id, dueOrders(room, hospital), clock, limit)
        await forgetQueries(room, hospital, clock)
        return done
      }),
  }
}

function dueOrders(room: VisitsRoom, { id }: Hospital): DueRows<OrderRow> {
  return {
    ...{ table: 'visit_order', counter: 'tries', leaseMs: LEASE_MS, atOnce: AT_ONCE },
    one: (order) => workOnOrder(room, id, order),
    failed: (order, error) => {
      // Its text may quote what was asked.
      const { name, code } = error as Error & { code?: string }
      room.log.error({ order: order.id, state: order.state, error: name, code }, 'work on a visit failed')
    },
  }
}

/** They are kept as long as the uses of cards that they are held against. */
async function forgetQueries({ database }: VisitsRoom, { id, usage }: Hospital, clock: Clock): Promise<void> {
  await database.inTransaction(id, (tx) =>
    tx.sql
      .withTables<VisitsTables>()
      .deleteFrom('visit_query')
      .where('hospital_id', '=', id)
      .where('at_ms', '<', clock.nowMs() - usage.retentionDays * DAY_MS)
      .execute(),
  )
}
