import type { Clients } from '../../platform/clients/clients.ts'
import type { Platform } from '../../platform/platform.ts'

/** What delivery is given. */
export interface DeliveryRoom extends Platform {
  readonly clients: Pick<Clients, 'usageReports'>
}
