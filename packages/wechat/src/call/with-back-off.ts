import { setTimeout as sleep } from 'node:timers/promises'
import type { TransportOptions } from '../options.ts'

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
