import type { Operator } from '../../platform/operators/accounts/account.ts'
import { seenHospitals } from '../../platform/operators/wanted-hospital.ts'
import { type DayCompleteness, readCompleteness } from '../completeness/day-completeness.ts'
import { type DeliveryState, deliveryState } from '../completeness/find-problems.ts'
import { type Alarm, openAlarms } from '../completeness/list-alarms.ts'
import { type DepartmentView, listDepartments } from '../departments/list-departments.ts'
import { listParked, type ParkedGroup } from '../parked/list-parked.ts'
import type { UsageHospital } from '../room.ts'
import type { UsageConsole } from './console-room.ts'

/** Everything that the page shows, as of one moment. */
export interface PageFacts extends DayCompleteness {
  readonly hospital: UsageHospital
  readonly hospitals: readonly UsageHospital[]
  readonly nowMs: number
  readonly alarms: readonly Alarm[]
  readonly delivery: DeliveryState
  readonly parked: readonly ParkedGroup[]
  readonly departments: readonly DepartmentView[]
}

export function readPage(
  room: UsageConsole,
  operator: Operator,
  hospital: UsageHospital,
  day: string,
): Promise<PageFacts> {
  const nowMs = room.clock.nowMs()
  return room.database.inTransaction(hospital.id, async (tx) => ({
    ...(await readCompleteness(tx, room.successes, hospital, day, nowMs)),
    ...{ hospital, hospitals: seenHospitals(room, operator), nowMs },
    alarms: await openAlarms(tx),
    delivery: await deliveryState(tx),
    parked: await listParked(tx),
    departments: await listDepartments(tx),
  }))
}
