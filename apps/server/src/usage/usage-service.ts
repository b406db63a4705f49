import type { DueWork } from '../platform/jobs/due-work.ts'
import type { Service } from '../platform/jobs/service.ts'
import { alarmWork } from './completeness/alarms.ts'
import { keepDaysWork } from './days/keep-days.ts'
import type { DeliveryRoom } from './delivery/delivery-room.ts'
import { UsageDelivery } from './delivery/usage-delivery.ts'
import { releaseMappedWork } from './departments/release-mapped.ts'
import type { UsageDesk } from './room.ts'

/** The background of this room: delivery at once and by the minute, the tables of the days, and what a person has to know. */
export function usageBackground(room: DeliveryRoom & UsageDesk): {
  readonly work: readonly DueWork[]
  readonly service: Service
} {
  const delivery = new UsageDelivery(room)
  const days = keepDaysWork(room)
  return {
    work: [delivery.work, days, releaseMappedWork(room), alarmWork(room)],
    service: {
      name: 'usage',
      start: async (signals) => {
        await days.runDue(room.clock, 1)
        delivery.listen(signals)
      },
      stop: () => delivery.stop(),
    },
  }
}
