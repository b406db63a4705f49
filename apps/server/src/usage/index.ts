import type { Tx } from '../platform/database/tx.ts'

/** （三）用卡数据: the usage outbox, delivery, completeness. */
export interface UsageEvent {
  readonly userId: string
  readonly patientId: string
  /** 用卡环节, e.g. `0101011`. */
  readonly scene: string
  readonly atMs: number
  readonly department?: string
  readonly cardCostTypes?: string
  readonly campus?: string
}

/** Stores an event in the transaction that records the HIS's success. */
export type RecordUsageEvent = (tx: Tx, event: UsageEvent) => Promise<void>
