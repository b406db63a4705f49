/** 线下退款申请: applications with documents for whom neither way on the phone is open. */
export { registerOfflineApi } from './console/api-routes.ts'
export type { OfflineConsole, OfflineRoom } from './room.ts'
export { registerOfflineRoutes } from './routes.ts'
