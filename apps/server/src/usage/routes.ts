import type { Http } from '../platform/http/build-http.ts'
import type { Platform } from '../platform/platform.ts'
import { registerUsageCheck } from './completeness/find-problems.ts'
import { registerUsageApi } from './console/api-routes.ts'
import type { UsageConsole } from './console/console-room.ts'
import { registerEventsApi } from './console/event-routes.ts'
import { registerIntakeRoutes } from './intake/routes.ts'

/** What other systems push, and what operators look at. */
export function registerUsageRoutes(http: Http, room: UsageConsole & Platform): void {
  registerUsageCheck(room, room.hospitals)
  registerIntakeRoutes(http, room)
  registerUsageApi(http, room)
  registerEventsApi(http, room)
}
