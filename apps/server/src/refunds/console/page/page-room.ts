import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import type { Operators } from '../../../platform/operators/operators.ts'
import type { RefundsConsole } from '../routes.ts'

/** What the operators' page of this room is given. */
export interface RefundsPage extends RefundsConsole {
  readonly operators: Operators
}

export const REFUNDS_PAGE = { path: '/console/refunds', group: '退款与对账', name: '退款' } as const

export interface Notice {
  readonly kind: 'ok' | 'warn' | 'bad'
  readonly text: string
  /** One a line, where there is more to say than fits a sentence. */
  readonly lines?: readonly string[]
}

/** Of which hospital, and as of when, a view is read. */
export interface Whose {
  readonly hospital: Hospital
  readonly nowMs: number
}
