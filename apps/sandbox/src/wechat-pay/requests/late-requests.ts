import { MINUTE_MS } from '@zhangyi/core'
import { recordCall } from '../../kit/record-call.ts'
import type { Step } from '../advance.ts'
import { PayRefusal } from '../errors.ts'
import { type PayPlatform, wake } from '../platform.ts'
import { carryOut, type ReceivedRequest } from './carry-out.ts'
import { NO_CONTENT, type PayRoute } from './route.ts'
import { shownRequest } from './shown-request.ts'

/** A request on its way: who sent it was cut off, and hears nothing of what becomes of it. */
export interface LateRequest {
  readonly sentMs: number
  readonly dueMs: number
  readonly route: PayRoute
  readonly request: ReceivedRequest
}

const DEFAULT_LATE_MS = MINUTE_MS

/** Whether the fault `arrives-late` holds this request up: then its sender is to be cut off. */
export function isHeldUp(platform: PayPlatform, route: PayRoute, request: ReceivedRequest): boolean {
  const fault = platform.faults.take('arrives-late', route.operation)
  if (!fault) return false
  const sentMs = platform.clock.nowMs()
  const dueMs = sentMs + (fault.delayMs ?? DEFAULT_LATE_MS)
  platform.underWay.push({ sentMs, dueMs, route, request })
  wake(platform, dueMs)
  return true
}

export function arrivals(platform: PayPlatform): readonly Step[] {
  return platform.underWay.map((late) => ({ atMs: late.dueMs, run: () => arrive(platform, late) }))
}

/** As of its own moment, however far the clock was moved since: the signature counts from then, too. */
function arrive(platform: PayPlatform, late: LateRequest): void {
  const { dueMs, route, request } = late
  platform.underWay.splice(platform.underWay.indexOf(late), 1)
  const answer = platform.clock.at(dueMs, () => carryOut(platform, route, request))
  recordCall(platform.calls, {
    ...{ atMs: dueMs, operation: route.operation, request: shownRequest(request) },
    reply: answer === NO_CONTENT ? undefined : answer,
    result: answer instanceof PayRefusal ? answer.code : 'SUCCESS',
  })
}

/** For whoever wants to know what may still come. */
export function shownLate({ sentMs, dueMs, route, request }: LateRequest): object {
  return { operation: route.operation, sentMs, dueMs, request: shownRequest(request) }
}
