import { assertNever, MINUTE_MS } from '@zhangyi/core'
import type { Reason } from '../verification-view.ts'
import type { OrderRow } from './order.ts'

/** One that has been "at work" this long lost its process: what it asked the platform is unknown. */
export const AT_WORK_MS = MINUTE_MS / 2

export function isAtWork(order: OrderRow, nowMs: number): boolean {
  return nowMs - order.changed_at_ms < AT_WORK_MS
}

/** Why the straight way has ended, stored or by the loss of its process; undefined: it has not. */
export function onwardReason(order: OrderRow, nowMs: number): Reason | undefined {
  switch (order.state) {
    case 'starting':
      return isAtWork(order, nowMs) ? undefined : 'platform-unavailable'
    case 'checking':
      return isAtWork(order, nowMs) ? undefined : 'result-unknown'
    case 'ways-on':
      return order.reason ?? 'platform-unavailable'
    case 'on-platform':
    case 'granted':
      return undefined
    default:
      return assertNever(order.state)
  }
}
