import type { Clients } from '../platform/clients/clients.ts'
import type { Platform } from '../platform/platform.ts'

/** What the operations of this room are given. */
export interface CardCodeRoom extends Platform {
  readonly clients: Clients
}
