import type { Hospitals } from '../../platform/hospitals/hospitals.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import type { UsageDesk } from '../room.ts'

/** What the operators' side of this room is given. */
export interface UsageConsole extends UsageDesk {
  readonly hospitals: Hospitals
  readonly operators: Operators
}
