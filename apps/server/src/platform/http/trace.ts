import { AsyncLocalStorage } from 'node:async_hooks'

const traces = new AsyncLocalStorage<string>()

/** Runs `fn` so that logs and the call log of everything it starts carry one trace number. */
export function withTrace<T>(traceId: string, fn: () => T): T {
  return traces.run(traceId, fn)
}

/** The trace number of the request or job at hand; `-` outside of any. */
export function currentTraceId(): string {
  return traces.getStore() ?? '-'
}
