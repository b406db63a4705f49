/** （五）reports: lab, imaging, check-up, inpatient lists; interpretation; only through a grant. */
export type { RecordDetail, RecordList, Trend } from './record-views.ts'
export type { RecordsParts } from './room.ts'
export { registerRecordRoutes } from './routes.ts'
