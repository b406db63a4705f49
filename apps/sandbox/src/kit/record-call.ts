import type { ReceivedCall } from './simulator.ts'

/** A simulator that runs for days under load keeps only the newest calls. */
const MAX_CALLS_KEPT = 2_000

export function recordCall(calls: ReceivedCall[], call: ReceivedCall): void {
  calls.push(call)
  if (calls.length > MAX_CALLS_KEPT) calls.splice(0, calls.length - MAX_CALLS_KEPT)
}
