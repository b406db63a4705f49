import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'

/** After a claim nobody else looks at the leg for this long; longer than its calls to the HIS and to WeChat may take. */
export const LEASE_MS = 3 * MINUTE_MS

/**
 * A HIS that is still at work may deny what it is about to do: before this, that it knows nothing of a question is not
 * believed, and the same question is not asked again.
 */
export const DENIAL_GRACE_MS = 30 * SECOND_MS

/** The patient is reminded so long after WeChat began to wait. */
export const REMIND_AFTER_MS = [2 * HOUR_MS, 20 * HOUR_MS]

/** So long that a person should know. */
export const ALARM_AFTER_MS = DAY_MS

const BACKOFF_MS = [
  ...[30 * SECOND_MS, MINUTE_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS],
  ...[20 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS],
]

/** Between looks at something that nobody can say yet; the last one goes on until somebody can. */
export function backoffMs(tries: number): number {
  return BACKOFF_MS[Math.min(tries, BACKOFF_MS.length - 1)] ?? HOUR_MS
}
