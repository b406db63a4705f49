import { setTimeout as sleep } from 'node:timers/promises'
import type { TransportOptions } from '../options.ts'

const DEFAULT_TIMEOUT_MS = 10_000

/** The signal that ends one call, whatever it is waiting for. */
export function startTimeout(options: TransportOptions): AbortSignal {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, startTimeout: start } = options
  return start ? start(timeoutMs) : AbortSignal.timeout(timeoutMs)
}

/**
 * The result of `work`, unless the deadline comes first. Needed beside the signal that `fetch` was given: an injected
 * fetch may ignore it, and waiting for another caller's token refresh has no signal at all.
 */
export function withinDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(deadline.reason)
    if (deadline.aborted) late()
    deadline.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', late))
  })
}

// Two more tries; WeChat says only "try again later" and no longer wait fits into a patient's patience.
const BACK_OFF_MS = [200, 600]

/** Repeats `attempt` while it says busy: for reads only. The last answer, if time or tries run out. */
export async function withBackOff<T>(
  { wait = pause }: Pick<TransportOptions, 'wait'>,
  deadline: AbortSignal,
  attempt: () => Promise<T>,
  isBusy: (made: T) => boolean,
): Promise<T> {
  let made = await attempt()
  for (const ms of BACK_OFF_MS) {
    if (!isBusy(made) || deadline.aborted) return made
    await wait(ms, deadline)
    if (deadline.aborted) return made
    made = await attempt()
  }
  return made
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {})
}
