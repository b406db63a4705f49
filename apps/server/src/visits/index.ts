/** 挂缴查 behind （三）: booking, same-day registration, payment and their records, through the HIS. */
export { countVisitSuccesses } from './count-visit-successes.ts'
export type { VisitsRoom } from './room.ts'
export { registerVisitRoutes } from './routes.ts'
export { visitsEvents } from './visits-events.ts'
export { visitsWork } from './visits-work.ts'
