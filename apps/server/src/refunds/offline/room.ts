import type { Operators } from '../../platform/operators/operators.ts'
import type { Platform } from '../../platform/platform.ts'

/** What the applicant's side is given. */
export interface OfflineRoom extends Platform {}

/** What the operators' side is given. */
export interface OfflineConsole extends Pick<Platform, 'clock' | 'cipher' | 'database' | 'hospitals'> {
  readonly operators: Operators
}
