/** 挂缴查 behind （三）: booking, same-day registration, payment and their records, through the HIS. */
export { registerVisitsApi } from './console/api-routes.ts'
export { visitsHome } from './console/home-part.ts'
export { visitsExport } from './console/visits-export.ts'
export { countVisitSuccesses } from './count-visit-successes.ts'
export type { VisitsRoom } from './room.ts'
export { registerVisitRoutes } from './routes.ts'
export { visitsEvents } from './visits-events.ts'
export { visitsWork } from './visits-work.ts'
