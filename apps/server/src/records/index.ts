/** （五）reports: lab, imaging, check-up, inpatient lists; interpretation; only through a grant. */
export { countRecordSuccesses } from './count-record-successes.ts'
export type { RecordDetail, RecordList, Trend } from './record-views.ts'
export type { RecordsParts } from './room.ts'
export { registerRecordRoutes } from './routes.ts'
