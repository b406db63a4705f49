import type { Operators } from '../../platform/operators/operators.ts'
import type { VisitsRoom } from '../room.ts'

/** What the operators' side of this room is given. */
export interface VisitsConsole extends VisitsRoom {
  readonly operators: Operators
}
