import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'

/** After a claim nobody else looks at the order for this long; longer than any call to the HIS or WeChat may take. */
export const LEASE_MS = 2 * MINUTE_MS

/**
 * A HIS that is still at work may deny what it is about to do. Before this, that it knows nothing of a booking is not
 * taken as a "no": money would go back for a place that the patient then has.
 */
export const DENIAL_GRACE_MS = 30 * SECOND_MS

/** A question that was not sent this soon after it was stored is not sent any more: somebody may query it by now. */
export const SEND_WITHIN_MS = 30 * SECOND_MS

/** From the end of the patient's time to pay until the HIS lets go of the slot: what paying and booking may take. */
export const BOOKING_MARGIN_MS = MINUTE_MS

/** Between looks at something that nobody can say yet; the last one goes on until somebody can. */
const BACKOFF_MS = [
  ...[30 * SECOND_MS, MINUTE_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS],
  ...[20 * MINUTE_MS, 30 * MINUTE_MS],
]

/** `tries`: how often was looked before. */
export function backoffMs(tries: number): number {
  return BACKOFF_MS[Math.min(tries, BACKOFF_MS.length - 1)] ?? HOUR_MS
}

/** So long that a person should know. */
export const ALARM_AFTER_MS = DAY_MS
