import { type Clock, DAY_MS, type HospitalId } from '@zhangyi/core'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { DueWork } from '../platform/jobs/due-work.ts'
import type { OrderRow, VisitsTables } from './order-row.ts'
import { LEASE_MS } from './own-time.ts'
import { VISITS_WORK, type VisitsRoom } from './room.ts'
import { workOnOrder } from './work-on-order.ts'

/** How many questions of the background a HIS has to answer at the same time. */
const AT_ONCE = 4

/**
 * Whatever of bookings and payments nobody waits for any more: time that is over, what is paid and not yet booked, and
 * answers of the HIS that were lost.
 */
export function visitsWork(room: VisitsRoom): DueWork {
  return {
    name: VISITS_WORK,
    everyMinutes: 1,
    runDue: async (clock, limit) => {
      let done = 0
      for (const hospital of room.hospitals.all) {
        done = Math.max(done, await workThrough(room, hospital.id, clock, limit))
        await forgetQueries(room, hospital, clock)
      }
      return done
    },
  }
}

/** A few at a time, so that a HIS that does not answer cannot make a claim end before its order's turn. */
async function workThrough(
  room: VisitsRoom,
  hospitalId: HospitalId,
  clock: Clock,
  limit: number,
): Promise<number> {
  let done = 0
  while (done < limit) {
    const due = await claimDue(room, hospitalId, clock, Math.min(AT_ONCE, limit - done))
    if (due.length === 0) return done
    await Promise.all(due.map((order) => workAlone(room, hospitalId, order)))
    done += due.length
  }
  return done
}

/** One order that throws stops no other one; it keeps its claim and comes again. */
async function workAlone(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  try {
    await workOnOrder(room, hospitalId, order)
  } catch (error) {
    // Its text may quote what was asked.
    const { name, code } = error as Error & { code?: string }
    room.log.error({ order: order.id, state: order.state, error: name, code }, 'work on a visit failed')
  }
}

function claimDue(
  { database }: VisitsRoom,
  hospitalId: HospitalId,
  clock: Clock,
  limit: number,
): Promise<OrderRow[]> {
  return database.inTransaction(hospitalId, async (tx) => {
    const sql = tx.sql.withTables<VisitsTables>()
    const due = await sql
      .selectFrom('visit_order')
      .select('id')
      .where('hospital_id', '=', hospitalId)
      .where('next_action_at_ms', '<=', clock.nowMs())
      .orderBy('next_action_at_ms')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return []
    return sql
      .updateTable('visit_order')
      .set((row) => ({ next_action_at_ms: clock.nowMs() + LEASE_MS, tries: row('tries', '+', 1) }))
      .where('hospital_id', '=', hospitalId)
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .returningAll()
      .execute()
  })
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
