import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { eachHospital } from '../../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../../platform/jobs/work-due.ts'
import { REFUNDS_WORK, type RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'
import { caseOf } from './find-leg.ts'
import { logFailure } from './log-failure.ts'
import { noteFailure } from './note-failure.ts'
import { LEASE_MS } from './own-time.ts'
import { workOnLeg } from './work-on-leg.ts'

/** How many questions of the background a HIS has to answer at the same time. */
const AT_ONCE = 8

/**
 * Whatever of refunds nobody waits for: answers of the HIS that were lost, what is paid and not confirmed or unpaid and
 * not given back, reminders, and applications whose time is over. What WeChat knows comes from the payments room.
 */
export function refundsWork(room: RefundsRoom): DueWork {
  return {
    name: REFUNDS_WORK,
    everyMinutes: 1,
    runDue: (clock, limit) =>
      eachHospital(room, (hospital) =>
        workDue(room.database, hospital.id, dueLegs(room, hospital), clock, limit),
      ),
  }
}

function dueLegs(room: RefundsRoom, { id }: Hospital): DueRows<LegRow> {
  return {
    ...{ table: 'refund_leg', counter: 'tries', leaseMs: LEASE_MS, atOnce: AT_ONCE },
    one: async (leg) => {
      const of = await room.database.inTransaction(id, (tx) => caseOf(tx, leg))
      try {
        await workOnLeg(room, id, { leg, of })
      } catch (error) {
        await noteFailure(room, id, leg, error)
        throw error
      }
    },
    failed: (leg, error) => logFailure(room, leg, error),
  }
}
