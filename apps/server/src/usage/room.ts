import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import type { CountSuccesses } from './usage-fact.ts'

/** What the operations of an operator are given; the command line has no more of the platform than this. */
export interface UsageDesk extends Pick<Platform, 'clock' | 'cipher' | 'database'> {
  /** By whom successes of the HIS are counted: the rooms that record them. */
  readonly successes: readonly CountSuccesses[]
}

/** What of a hospital they look at. */
export type UsageHospital = Pick<Hospital, 'id' | 'name' | 'usage'>
