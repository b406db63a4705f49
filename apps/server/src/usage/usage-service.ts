import type { DueWork } from '../platform/jobs/due-work.ts'
import type { Service } from '../platform/jobs/service.ts'
import { keepDaysWork } from './days/keep-days.ts'
import type { DeliveryRoom } from './delivery/delivery-room.ts'
import { UsageDelivery } from './delivery/usage-delivery.ts'

/** The background of this room: delivery at once and by the minute, and the tables of the days. */
export function usageBackground(room: DeliveryRoom): {
  readonly work: readonly DueWork[]
  readonly service: Service
} {
  const delivery = new UsageDelivery(room)
  const days = keepDaysWork(room)
  return {
    work: [delivery.work, days],
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
