/** （三）用卡数据: the usage outbox, delivery, completeness. */
export { recordUsageEvent } from './record-usage-event.ts'
export type { CountSuccesses, UsageFact } from './usage-fact.ts'
export { usageBackground } from './usage-service.ts'
